using System.Globalization;
using System.Text.Json;
using CsCheck;
using LangSmith.Sampling;

namespace LangSmith.Sdk.Tests.Sampling;

public sealed class TraceSamplerTests
{
    [Fact]
    public void BucketOf_JavaScriptVectors_AreTheSameAtEveryRate()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "sampling-and-replica.json")));
        var compared = 0;
        foreach (var vector in vectors.RootElement.GetProperty("sampling").EnumerateArray())
        {
            var id = vector.GetProperty("id").GetGuid();
            Assert.Equal(vector.GetProperty("bucket").GetInt32(), TraceSampler.BucketOf(id));
            foreach (var decision in vector.GetProperty("at").EnumerateObject())
            {
                var rate = double.Parse(decision.Name, CultureInfo.InvariantCulture);
                Assert.Equal(decision.Value.GetBoolean(), new TraceSampler(rate).Records(id));
                compared++;
            }
        }

        Assert.Equal(23 * 7, compared);
    }

    [Fact]
    public void Records_ZeroAndOne_AreNothingAndEverything() =>
        Gen.Guid.Sample(id => !new TraceSampler(0).Records(id) && new TraceSampler(1).Records(id));

    [Fact]
    public void Records_HigherRate_KeepsWhatALowerOneKept() =>
        Gen.Select(Gen.Guid, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((id, first, second) =>
            !new TraceSampler(Math.Min(first, second)).Records(id) || new TraceSampler(Math.Max(first, second)).Records(id));

    [Fact]
    public void Records_IdsOfOneMillisecond_AreSampledAtTheRate()
    {
        // A sampler that reads the first eight bytes sees the time alone, and keeps all of them or none.
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var sampler = new TraceSampler(0.25);

        var kept = Enumerable.Range(0, 20_000).Count(number => sampler.Records(Uuid7.Deterministic(time, number.ToString(CultureInfo.InvariantCulture))));

        Assert.InRange(kept, 4_700, 5_300);
    }
}
