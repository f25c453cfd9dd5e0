using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LangSmith.Server.Curation.Keys;

/// <summary>Makes and hashes API keys. They are random, so a plain hash is as good as a slow one.</summary>
public static class ApiKeyText
{
    private const int RandomBytes = 32;

    public static string New() => $"lsv2_sk_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}";

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What may be shown of a key.</summary>
    public static string Short(string key) => key.Length < 16 ? "…" : $"{key[..8]}…{key[^4..]}";
}
