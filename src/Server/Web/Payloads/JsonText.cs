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

    /// <summary>Indented, or the beginning of the bytes as they are when they are more than <paramref name="bytesMax"/>.</summary>
    public static string Indented(ReadOnlyMemory<byte> json, int bytesMax)
    {
        if (json.Length > bytesMax)
        {
            return Encoding.UTF8.GetString(json.Span[..bytesMax]) + "…";
        }

        using var document = JsonDocument.Parse(json, Options);
        return Indented(document.RootElement);
    }
}
