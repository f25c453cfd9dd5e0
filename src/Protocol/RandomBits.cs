using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LangSmith;

/// <summary>Random words from the operating system, fetched 256 at a time: the generator costs more per call than per byte.</summary>
internal static class RandomBits
{
    private const int Words = 256;

    [ThreadStatic]
    private static ulong[]? s_words;

    [ThreadStatic]
    private static int s_left;

    public static ulong Next()
    {
        var words = s_words ??= new ulong[Words];
        if (s_left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(words.AsSpan()));
            s_left = Words;
        }

        var word = words[--s_left];
        // A word that was given out must not be found in memory again.
        words[s_left] = 0;
        return word;
    }
}
