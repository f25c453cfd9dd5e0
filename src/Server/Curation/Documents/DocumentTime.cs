using System.Globalization;

namespace LangSmith.Server.Curation.Documents;

/// <summary>Instants as documents and answers hold them: with an explicit zone and microseconds.</summary>
public static class DocumentTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Print(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Print"/> wrote; false for anything else.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>The time now, as exact as texts carry it: a version's time must come back the same.</summary>
    public static DateTimeOffset GetWireNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMicrosecond));
    }
}
