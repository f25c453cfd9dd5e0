using LangSmith.Server.Domain.Statistics;

namespace LangSmith.Server.Explore.Statistics;

/// <summary>The median and the 99th percentile, within one percent; null without values.</summary>
public readonly record struct Quantiles(double? Median, double? P99)
{
    internal static Quantiles Of(QuantileSketch sketch) => new(sketch.Quantile(0.5), sketch.Quantile(0.99));
}
