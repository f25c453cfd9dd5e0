using System.Text;

namespace LangSmith.Server.Query.Evaluation;

/// <summary>Patterns in which % stands for any text and _ for one character. Upper and lower case of ASCII letters are alike.</summary>
/// <remarks>A text ends at U+0000 here, as it does for the functions of C on which databases build.</remarks>
internal static class LikePattern
{
    public static bool Matches(string pattern, string? text)
    {
        if (text is null)
        {
            return false;
        }

        var (wanted, own) = (Runes(pattern), Runes(text));
        var (at, begin) = (0, 0);
        // Where to go on after the last %: it takes one more character each time.
        var (afterPercent, taken) = (-1, 0);
        while (begin < own.Length)
        {
            if (at < wanted.Length && wanted[at].Value == '%')
            {
                (afterPercent, taken) = (++at, begin);
            }
            else if (at < wanted.Length && (wanted[at].Value == '_' || Folded(wanted[at]) == Folded(own[begin])))
            {
                at++;
                begin++;
            }
            else if (afterPercent >= 0)
            {
                (at, begin) = (afterPercent, ++taken);
            }
            else
            {
                return false;
            }
        }

        return wanted.AsSpan(at).IndexOfAnyExcept(new Rune('%')) < 0;
    }

    /// <summary>Whether a text has a word somewhere.</summary>
    public static bool Contains(string? text, string word)
    {
        if (text is null)
        {
            return false;
        }

        Rune[] wanted = [.. Runes(word).Select(Folded)];
        return Array.ConvertAll(Runes(text), Folded).AsSpan().IndexOf(wanted) >= 0;
    }

    private static Rune[] Runes(string text) => [.. text.EnumerateRunes().TakeWhile(rune => rune.Value != 0)];

    private static Rune Folded(Rune rune) => rune.IsAscii ? Rune.ToLowerInvariant(rune) : rune;
}
