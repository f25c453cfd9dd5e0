using System.Text;
using System.Text.Json;

namespace Server.Tests.Replay;

/// <summary>One part of a recorded multipart body.</summary>
internal sealed class RecordedPart(JsonElement part)
{
    public string Name { get; } = part.GetProperty("name").GetString()!;

    public IEnumerable<(string Name, string Value)> Headers =>
        part.GetProperty("headers").EnumerateArray().Select(h => (h[0].GetString()!, h[1].GetString()!));

    public string? ContentType => part.GetProperty("contentType").GetString();

    public byte[] Bytes { get; } = part.GetProperty("kind").GetString() switch
    {
        "json" => Encoding.UTF8.GetBytes(part.GetProperty("json").GetRawText()),
        "binary" => part.GetProperty("base64").GetBytesFromBase64(),
        _ => Encoding.UTF8.GetBytes(part.GetProperty("text").GetString()!),
    };

    /// <summary>The JSON of the part; text that is none stands for itself.</summary>
    public JsonElement Json => part.GetProperty("kind").GetString() == "json"
        ? part.GetProperty("json")
        : JsonElement.Parse(JsonSerializer.Serialize(part.GetProperty("text").GetString()));
}
