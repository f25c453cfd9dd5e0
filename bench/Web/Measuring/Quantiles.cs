namespace LangSmith.Web.Bench.Measuring;

internal static class Quantiles
{
    /// <summary>The value below which a share of the values lies; NaN when there are none.</summary>
    public static double Quantile(this IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
