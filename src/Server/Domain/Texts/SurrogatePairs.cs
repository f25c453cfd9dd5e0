using System.Buffers.Text;
using System.Text;

namespace LangSmith.Server.Domain.Texts;

/// <summary>Replaces escapes of half surrogate pairs in JSON: JavaScript writes them for cut emojis, and no .NET reader takes them.</summary>
public static class SurrogatePairs
{
    private const int EscapeLength = 6;

    /// <summary>Returns the JSON with each half pair as <c>\ufffd</c>; the very same memory when there is none.</summary>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json)
    {
        var source = json.Span;
        if (source.IndexOf("\\ud"u8) < 0 && source.IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        byte[]? mended = null;
        for (var index = 0; index < source.Length; index++)
        {
            if (source[index] != '\\')
            {
                continue;
            }

            if (!IsSurrogate(source[index..], out var unit))
            {
                // The escaped character is none that begins an escape, even when it is a backslash.
                index++;
                continue;
            }

            if (char.IsHighSurrogate(unit) && IsSurrogate(source[(index + EscapeLength)..], out var low) && char.IsLowSurrogate(low))
            {
                index += (2 * EscapeLength) - 1;
                continue;
            }

            mended ??= source.ToArray();
            "\\ufffd"u8.CopyTo(mended.AsSpan(index));
            index += EscapeLength - 1;
        }

        return mended ?? json;
    }

    /// <summary>Returns a text that is JSON with each half pair as <c>\ufffd</c>, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Mend(string json) => Mend(Encoding.UTF8.GetBytes(json));

    private static bool IsSurrogate(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < EscapeLength || text[0] != '\\' || text[1] != 'u'
            || !Utf8Parser.TryParse(text.Slice(2, 4), out uint value, out var read, 'x') || read != 4)
        {
            return false;
        }

        unit = (char)value;
        return char.IsSurrogate(unit);
    }
}
