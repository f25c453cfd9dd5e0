using System.Globalization;

namespace LangSmith.Server.Domain.Digest;

/// <summary>Reads times as clients write them: ISO 8601 with or without a zone; without one it is UTC.</summary>
public static class WireTime
{
    /// <summary>Reads a time; false when it is none.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
