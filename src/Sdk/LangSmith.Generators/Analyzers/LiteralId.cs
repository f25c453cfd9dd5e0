namespace LangSmith.Generators.Analyzers;

/// <summary>Judges a run id that stands in the code as a text.</summary>
internal static class LiteralId
{
    private const string Urn = "urn:uuid:";

    /// <summary>Finds what is wrong with a text, in the forms that <c>RunId.TryParse</c> reads.</summary>
    /// <returns>What the message says behind the text; null when it is a UUIDv7.</returns>
    public static string? FindFault(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith(Urn, StringComparison.OrdinalIgnoreCase))
        {
            trimmed = trimmed.Substring(Urn.Length);
        }

        if (!Guid.TryParse(trimmed, out var id))
        {
            return "is no UUID";
        }

        if (id == Guid.Empty)
        {
            return "is the nil UUID, which is no run's id";
        }

        // Read from the text, whose digits stand in the order of the wire; the framework has no getter here.
        var digits = id.ToString("N");
        if (digits[16] is not ('8' or '9' or 'a' or 'b'))
        {
            return "is no UUID of RFC 9562: its variant is another";
        }

        return digits[12] == '7' ? null : $"is a UUID of version {digits[12]}: a run id should be version 7, which sorts by time";
    }
}
