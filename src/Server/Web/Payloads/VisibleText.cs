using System.Buffers;
using System.Globalization;
using System.Text;

namespace LangSmith.Server.Web.Payloads;

/// <summary>Shows the characters that turn the direction of writing: unseen, they would make a text read as what it is not.</summary>
internal static class VisibleText
{
    // Marks, embeddings, overrides and isolates.
    private static readonly SearchValues<char> s_turning = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>The text, for a sentence of ours: such characters in it end with it.</summary>
    public static string Isolated(string? text) => Turns(text) ? $"\u2068{text}\u2069" : text ?? "";

    /// <summary>A JSON text with these characters as escapes, which mean the same.</summary>
    public static string OfJson(string json)
    {
        if (!Turns(json))
        {
            return json;
        }

        var text = new StringBuilder(json.Length + 64);
        foreach (var character in json)
        {
            if (s_turning.Contains(character))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    private static bool Turns(string? text) => text.AsSpan().ContainsAny(s_turning);
}
