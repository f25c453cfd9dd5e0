using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LangSmith.Server.Domain.Texts;

namespace LangSmith.Server.Ingest.Json;

/// <summary>Reads JSON as clients really send it: <c>NaN</c>, broken UTF-8, lone surrogates, texts that are no JSON at all.</summary>
public static class LenientJson
{
    private static readonly byte[] s_null = "null"u8.ToArray();

    /// <summary>Parses an object or other value; null when it is no JSON even with leniency.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8, int depthMax)
    {
        utf8 = WithoutBrokenText(utf8);
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = depthMax };
        try
        {
            return JsonDocument.Parse(utf8, options);
        }
        catch (JsonException)
        {
            var repaired = Repair(utf8.Span);
            try
            {
                return repaired is null ? null : JsonDocument.Parse(repaired, options);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Parses what <see cref="Value"/> returned, however deep.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 10_000 });

    /// <summary>Returns the bytes as valid UTF-8 JSON: unchanged when they are, repaired when possible, else as a JSON string of the text.</summary>
    public static ReadOnlyMemory<byte> Value(ReadOnlyMemory<byte> utf8, int depthMax)
    {
        utf8 = WithoutBrokenText(utf8);
        if (IsValid(utf8.Span, depthMax))
        {
            return utf8;
        }

        var repaired = Repair(utf8.Span);
        return repaired is not null && IsValid(repaired, depthMax)
            ? repaired
            : JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(utf8.Span));
    }

    /// <summary>Tells whether a value is JSON <c>null</c> or nothing.</summary>
    public static bool IsNullOrEmpty(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.Trim(" \t\r\n"u8);
        return utf8.IsEmpty || utf8.SequenceEqual(s_null);
    }

    /// <summary>Reads a string; a value of another kind yields its JSON text. NUL becomes U+FFFD.</summary>
    public static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()!.Replace('\0', '\uFFFD') : element.GetRawText();

    /// <summary>Replaces what is no Unicode, bytes and escapes alike: a parser lets it pass, and whoever reads the text later fails.</summary>
    private static ReadOnlyMemory<byte> WithoutBrokenText(ReadOnlyMemory<byte> utf8) =>
        SurrogatePairs.Mend(Utf8.IsValid(utf8.Span) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8.Span)));

    private static bool IsValid(ReadOnlySpan<byte> utf8, int depthMax)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depthMax });
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Replaces the literals NaN, Infinity and -Infinity outside strings by null; null when there are none.</summary>
    private static byte[]? Repair(ReadOnlySpan<byte> utf8)
    {
        using var output = new MemoryStream(utf8.Length);
        var inString = false;
        var changed = false;
        for (var i = 0; i < utf8.Length; i++)
        {
            var current = utf8[i];
            if (inString)
            {
                output.WriteByte(current);
                if (current == '\\' && i + 1 < utf8.Length)
                {
                    output.WriteByte(utf8[++i]);
                }

                inString = current != '"';
                continue;
            }

            var literal = Literal(utf8[i..]);
            if (literal > 0)
            {
                output.Write(s_null);
                i += literal - 1;
                changed = true;
                continue;
            }

            inString = current == '"';
            output.WriteByte(current);
        }

        return changed ? output.ToArray() : null;
    }

    private static int Literal(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith("NaN"u8) ? 3 : utf8.StartsWith("Infinity"u8) ? 8 : utf8.StartsWith("-Infinity"u8) ? 9 : 0;
}
