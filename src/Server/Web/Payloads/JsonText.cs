using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LangSmith.Server.Web.Payloads;

/// <summary>JSON as text for people.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        MaxDepth = 1_000,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 1_000, AllowDuplicateProperties = true };

    /// <summary>The string of an element; a half surrogate pair in it becomes a question mark.</summary>
    public static string String(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }

    public static string Indented(JsonElement element) => JsonSerializer.Serialize(element, s_indented);

    public static string Short(ReadOnlyMemory<byte> json, int lengthMax)
    {
        var text = Encoding.UTF8.GetString(json.Span[..Math.Min(json.Length, lengthMax)]);
        return json.Length > lengthMax ? text + "…" : text;
    }
}
