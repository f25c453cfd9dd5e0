using System.Globalization;

namespace LangSmith.Server.Web.Shell;

/// <summary>Writes numbers, times and costs as people read them.</summary>
internal static class Figures
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static string Count(long value) => value.ToString("N0", s_culture);

    /// <summary>Three digits at most: 1.2k, 34k, 5.6M.</summary>
    public static string Short(long value) => value switch
    {
        < 1_000 => value.ToString(s_culture),
        < 10_000 => (value / 1_000d).ToString("0.0", s_culture) + "k",
        < 1_000_000 => (value / 1_000).ToString(s_culture) + "k",
        < 10_000_000 => (value / 1_000_000d).ToString("0.0", s_culture) + "M",
        _ => (value / 1_000_000).ToString(s_culture) + "M",
    };

    public static string Duration(TimeSpan? span) => span is { } value ? Seconds(value.TotalSeconds) : "…";

    public static string Seconds(double? seconds) => seconds switch
    {
        null => "–",
        < 0.01 => (seconds.Value * 1_000).ToString("0.##", s_culture) + " ms",
        < 1 => (seconds.Value * 1_000).ToString("0", s_culture) + " ms",
        < 60 => seconds.Value.ToString("0.00", s_culture) + " s",
        < 3_600 => $"{(int)(seconds.Value / 60)} min {(int)(seconds.Value % 60)} s",
        _ => $"{(int)(seconds.Value / 3_600)} h {(int)(seconds.Value % 3_600 / 60)} min",
    };

    public static string Cost(decimal? dollars) => dollars switch
    {
        null => "–",
        0 => "$0",
        < 0.0001m => "<$0.0001",
        < 1 => "$" + dollars.Value.ToString("0.####", s_culture),
        < 1_000 => "$" + dollars.Value.ToString("0.00", s_culture),
        _ => "$" + dollars.Value.ToString("N0", s_culture),
    };

    public static string Ago(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now - time;
        return age.TotalSeconds switch
        {
            < -5 => "in the future",
            < 60 => $"{Math.Max(0, (int)age.TotalSeconds)}s ago",
            < 3_600 => $"{(int)age.TotalMinutes}m ago",
            < 86_400 => $"{(int)age.TotalHours}h ago",
            < 30 * 86_400d => $"{(int)age.TotalDays}d ago",
            _ => Day(time),
        };
    }

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy", s_culture);

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss.fff", s_culture) + " UTC";

    /// <summary>A score, or an average of scores; empty when there is none.</summary>
    public static string Score(double? score) => score?.ToString("0.##", s_culture) ?? "";

    public static string Share(double share) => (share * 100).ToString(share < 0.1 ? "0.0" : "0", s_culture) + " %";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_024 => $"{bytes} B",
        < 1_048_576 => (bytes / 1_024d).ToString("0.#", s_culture) + " kB",
        _ => (bytes / 1_048_576d).ToString("0.#", s_culture) + " MB",
    };

    /// <summary>A number for a style attribute.</summary>
    public static string Css(double value) => value.ToString("0.###", s_culture);
}
