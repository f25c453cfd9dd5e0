namespace LangSmith;

/// <summary>Reads run ids as people and systems write them.</summary>
public static class RunId
{
    private const string UrnPrefix = "urn:uuid:";

    /// <summary>Reads an id from any usual form: dashed, 32 hex digits, upper case, <c>urn:uuid:</c>, in braces or parentheses, blanks around.</summary>
    /// <param name="text">The text; null yields false.</param>
    /// <param name="id">The id, or the nil UUID when the result is false.</param>
    /// <returns>False when the text is no UUID. The nil UUID itself is read with true: whether it will do is the caller's matter.</returns>
    public static bool TryParse(string? text, out Guid id) => TryParse(text.AsSpan(), out id);

    /// <inheritdoc cref="TryParse(string?, out Guid)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        text = text.Trim();
        if (text.StartsWith(UrnPrefix, StringComparison.OrdinalIgnoreCase))
        {
            text = text[UrnPrefix.Length..];
        }

        // The framework's "X" form ({0x...,0x...}) is a C initialiser, not an id.
        if (text.Contains("0x", StringComparison.OrdinalIgnoreCase) && text.Contains(','))
        {
            id = default;
            return false;
        }

        return Guid.TryParse(text, out id);
    }

    /// <summary>Reads an id as <see cref="TryParse(string?, out Guid)"/> does.</summary>
    /// <exception cref="FormatException">The text is no UUID.</exception>
    public static Guid Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is no UUID. Give 32 hex digits, with or without dashes, or make an id with Uuid7.NewGuid().");
}
