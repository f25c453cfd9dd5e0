using System.Globalization;
using System.Text.Json;

namespace LangSmith.Server.Ingest.Json;

/// <summary>Reads instants as clients write them: ISO with <c>Z</c>, an offset or nothing (UTC), any fraction, or Unix milliseconds.</summary>
public static class LenientTime
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    /// <summary>Reads a JSON value; false when it is no time.</summary>
    public static bool TryRead(JsonElement element, out DateTimeOffset time)
    {
        time = default;
        return element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetDouble(out var milliseconds) && TryFromUnixMilliseconds(milliseconds, out time),
            JsonValueKind.String => TryParse(LenientJson.Text(element), out time),
            _ => false,
        };
    }

    /// <summary>Reads a text; false when it is no time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        return (DateTimeOffset.TryParse(CutFraction(text), CultureInfo.InvariantCulture, Styles, out time))
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
                && TryFromUnixMilliseconds(milliseconds, out time));
    }

    /// <summary>The framework reads seven fraction digits; nanoseconds are cut.</summary>
    private static string CutFraction(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return text;
        }

        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot - 1 > 7 ? string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end)) : text;
    }

    private static bool TryFromUnixMilliseconds(double milliseconds, out DateTimeOffset time)
    {
        time = default;
        if (!double.IsFinite(milliseconds) || Math.Abs(milliseconds) > 253_402_300_799_999d)
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(milliseconds * 1_000) * TimeSpan.TicksPerMicrosecond);
        return true;
    }
}
