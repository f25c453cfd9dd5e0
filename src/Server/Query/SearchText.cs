using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LangSmith.Server.Query;

/// <summary>Text as a search sees it: words in lower case, one blank after each.</summary>
/// <remarks>
/// A word is a run of letters, digits and marks; a character of a script that is written without blanks is a word by itself. What somebody
/// looks for is found where its words stand next to each other in this order. This is the definition; an engine's index must agree with it.
/// </remarks>
public static class SearchText
{
    /// <summary>Characters of one text that can be found.</summary>
    public const int LengthMax = 1_000_000;

    /// <summary>The words of a text; empty when it has none.</summary>
    public static string Of(string? text)
    {
        var words = new StringBuilder();
        Add(words, text);
        return words.ToString();
    }

    /// <summary>The words of the names, texts and numbers of a JSON value; of malformed JSON those before the fault.</summary>
    public static string OfJson(ReadOnlySpan<byte> json)
    {
        var words = new StringBuilder(Math.Min(json.Length, LengthMax));
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        try
        {
            while (words.Length < LengthMax && reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    Add(words, reader.GetString());
                }
                else if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
                {
                    Add(words, Encoding.UTF8.GetString(reader.ValueSpan));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a text that is no Unicode: what was read before can be found.
        }

        return words.ToString();
    }

    /// <summary>Whether words hold other words, next to each other; no words are everywhere.</summary>
    public static bool Contains(string words, string wanted) =>
        wanted.Length == 0 || string.Concat(" ", words).Contains(string.Concat(" ", wanted), StringComparison.Ordinal);

    private static void Add(StringBuilder words, string? text)
    {
        var inWord = false;
        foreach (var rune in text.AsSpan(0, Math.Min(text?.Length ?? 0, LengthMax)).EnumerateRunes())
        {
            var stands = StandsAlone(rune.Value);
            if (inWord && (stands || !IsOfWord(rune)))
            {
                words.Append(' ');
                inWord = false;
            }

            if (stands)
            {
                words.Append(rune.ToString()).Append(' ');
            }
            else if (IsOfWord(rune))
            {
                AppendLower(words, rune);
                inWord = true;
            }
        }

        if (inWord)
        {
            words.Append(' ');
        }
    }

    private static void AppendLower(StringBuilder words, Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsBmp)
        {
            words.Append((char)lower.Value);
        }
        else
        {
            words.Append(lower.ToString());
        }
    }

    private static bool IsOfWord(Rune rune) =>
        rune.IsAscii
            ? char.IsAsciiLetterOrDigit((char)rune.Value)
            : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    // Thai to Khmer, kana and bopomofo, Han, Hangul: written without blanks, or with blanks between phrases.
    private static bool StandsAlone(int rune) =>
        rune is (>= 0x0E01 and <= 0x0EDF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17DD)
            or (>= 0x3041 and <= 0x312F) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);
}
