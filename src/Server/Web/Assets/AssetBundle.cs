using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace LangSmith.Server.Web.Assets;

/// <summary>The files that pages need, read from this assembly once. The hash of them all stands in their path, so browsers keep them for ever.</summary>
internal static class AssetBundle
{
    private const string Prefix = "web/";

    private static readonly FrozenDictionary<string, byte[]> s_files = Load();

    /// <summary>Where they are, without a slash at the end.</summary>
    public static string Root { get; } = "/assets/" + Hash(s_files);

    public static string Path(string file) => $"{Root}/{file}";

    /// <summary>The bytes of a file; null when there is none.</summary>
    public static byte[]? Find(string file) => s_files.GetValueOrDefault(file);

    public static string TypeOf(string file) => System.IO.Path.GetExtension(file) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };

    private static FrozenDictionary<string, byte[]> Load()
    {
        var assembly = typeof(AssetBundle).Assembly;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var styles = new StringBuilder();
        // In the order of paths: tokens, what every page shares, then the features.
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (name.EndsWith(".css", StringComparison.Ordinal))
            {
                styles.Append(Encoding.UTF8.GetString(bytes)).Append('\n');
            }
            else
            {
                files[name[Prefix.Length..].Replace("Assets/", "", StringComparison.Ordinal)] = bytes;
            }
        }

        files["app.css"] = Encoding.UTF8.GetBytes(styles.ToString());
        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Hash(FrozenDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
