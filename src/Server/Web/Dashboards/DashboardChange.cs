using System.Globalization;

namespace LangSmith.Server.Web.Dashboards;

/// <summary>How a figure differs from that of the time before.</summary>
/// <param name="Text">The difference, with its sign.</param>
/// <param name="Verdict">good, bad, or null for what is neither.</param>
public sealed record DashboardChange(string Text, string? Verdict)
{
    /// <summary>The difference as a share of the figure before; null when there was none.</summary>
    /// <param name="now">The figure.</param>
    /// <param name="before">The figure before.</param>
    /// <param name="isLessBetter">Null when neither more nor less of it is better.</param>
    public static DashboardChange? OfShare(double? now, double? before, bool? isLessBetter) =>
        now is { } value && before is > 0 and var reference
            ? value / reference is > 10 and var times
                ? new DashboardChange(string.Create(CultureInfo.InvariantCulture, $"×{times:N0}"), isLessBetter is { } less ? less ? "bad" : "good" : null)
                : Of((value / reference) - 1, "%", isLessBetter)
            : null;

    /// <summary>The difference between two shares, in points of a hundred.</summary>
    public static DashboardChange OfPoints(double now, double before) => Of(now - before, "pt", isLessBetter: true);

    private static DashboardChange Of(double difference, string unit, bool? isLessBetter)
    {
        var shown = Math.Round(difference * 100, 1);
        return new DashboardChange(
            string.Create(CultureInfo.InvariantCulture, $"{(shown > 0 ? "+" : shown < 0 ? "−" : "±")}{Math.Abs(shown):0.#} {unit}"),
            shown == 0 || isLessBetter is null ? null : shown < 0 == isLessBetter ? "good" : "bad");
    }
}
