using CsCheck;
using LangSmith.Server.Domain.Statistics;

namespace LangSmith.Server.Domain.Tests.Statistics;

public sealed class QuantileSketchTests
{
    private static readonly Gen<double[]> s_latencies = Gen.Double[1e-4, 1e5].Array[1, 400];

    [Fact]
    public void Quantile_AnyNumbers_IsWithinOnePercentOfTheExactOne() =>
        Gen.Select(s_latencies, Gen.Double[0, 1]).Sample((numbers, share) =>
        {
            var sketch = Sketch(numbers);
            var sorted = numbers.Order().ToArray();
            var exact = sorted[(int)(share * (sorted.Length - 1))];
            Assert.InRange(sketch.Quantile(share)!.Value, exact * 0.9899, exact * 1.0101);
        });

    [Fact]
    public void Merge_PartsInAnyCut_EqualsTheWhole() =>
        Gen.Select(s_latencies, s_latencies).Sample((first, second) =>
        {
            var merged = Sketch(first);
            merged.Merge(Sketch(second));
            Assert.Equal(Sketch([.. first, .. second]).ToBytes(), merged.ToBytes());
        });

    [Fact]
    public void FromBytes_OfToBytes_IsTheSame() =>
        s_latencies.Sample(numbers =>
        {
            var sketch = Sketch([0, .. numbers]);
            var read = QuantileSketch.FromBytes(sketch.ToBytes());
            Assert.Equal(sketch.Count, read.Count);
            Assert.Equal(sketch.Quantile(0.5), read.Quantile(0.5));
            Assert.Equal(sketch.ToBytes(), read.ToBytes());
        });

    [Fact]
    public void Remove_WhatWasAdded_LeavesTheRest() =>
        Gen.Select(s_latencies, s_latencies).Sample((kept, removed) =>
        {
            var sketch = Sketch([.. kept, .. removed]);
            Array.ForEach(removed, sketch.Remove);
            Assert.Equal(Sketch(kept).ToBytes(), sketch.ToBytes());
        });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Add_NoPositiveNumber_CountsAsZero(double value) => Assert.Equal(0, Sketch([value]).Quantile(1));

    [Fact]
    public void Quantile_Empty_IsNull() => Assert.Null(new QuantileSketch().Quantile(0.5));

    [Fact]
    public void FromBytes_CutShort_IsRefused() => Assert.Throws<InvalidDataException>(() => QuantileSketch.FromBytes([0x80]));

    private static QuantileSketch Sketch(double[] numbers)
    {
        var sketch = new QuantileSketch();
        Array.ForEach(numbers, sketch.Add);
        return sketch;
    }
}
