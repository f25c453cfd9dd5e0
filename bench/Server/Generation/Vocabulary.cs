using System.Text;

namespace LangSmith.Server.Bench.Generation;

/// <summary>Words that occur as words of a language do: few often, most seldom. The same for every seed.</summary>
internal sealed class Vocabulary
{
    private const int Size = 20_000;
    private const string Consonants = "bcdfghjklmnprstvwz";
    private const string Vowels = "aeiou";

    /// <summary>The word that is most common.</summary>
    public static string CommonWord { get; } = Spell(0);

    private readonly string[] _words = [.. Enumerable.Range(0, Size).Select(Spell)];

    /// <summary>Adds text of about a length: sentences of random words.</summary>
    public void Write(StringBuilder text, Random random, int length)
    {
        for (var end = text.Length + length; text.Length < end;)
        {
            // The inverse of a power law: word n about as often as 1/n.
            var rank = (int)Math.Pow(Size, random.NextDouble()) - 1;
            text.Append(_words[rank]).Append(random.Next(12) == 0 ? ". " : " ");
        }
    }

    private static string Spell(int number)
    {
        var word = new StringBuilder();
        for (var rest = number + 20; rest > 0; rest /= Consonants.Length * Vowels.Length)
        {
            var syllable = rest % (Consonants.Length * Vowels.Length);
            word.Append(Consonants[syllable / Vowels.Length]).Append(Vowels[syllable % Vowels.Length]);
        }

        return word.ToString();
    }
}
