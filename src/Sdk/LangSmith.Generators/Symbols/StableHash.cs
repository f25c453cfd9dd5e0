namespace LangSmith.Generators.Symbols;

/// <summary>A hash that is the same in every process, for the names of generated classes.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a with 64 bits, cut to 8 hex digits: it only tells overloads apart.</summary>
    public static string Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 1099511628211UL);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture).Substring(0, 8);
    }
}
