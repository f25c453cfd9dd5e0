using CsCheck;

namespace LangSmith.Protocol.Tests.Ids;

public sealed class Uuid7Tests
{
    private static readonly DateTimeOffset s_lastInstant = DateTimeOffset.MaxValue;

    /// <summary>Every instant from 1970 to the year 9999, to the tick.</summary>
    private static readonly Gen<DateTimeOffset> s_instants =
        Gen.Long[DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    [Fact]
    public void NewGuid_Always_IsVersion7WithTheRfcVariantAndTheCurrentTime()
    {
        var before = DateTimeOffset.UtcNow;
        var id = Uuid7.NewGuid();
        var after = DateTimeOffset.UtcNow;

        Assert.True(Uuid7.IsVersion7(id));
        Assert.Equal(7, Uuid7.VersionOf(id));
        Assert.Contains($"{id:D}"[19], "89ab");
        Assert.True(Uuid7.TryGetTimestamp(id, out var time));
        // Other tests of the process may have pushed the sequence ahead of the clock by a little.
        Assert.InRange(time, before.AddMilliseconds(-1), after.AddSeconds(5));
    }

    [Fact]
    public void NewGuid_OneThread_IncreasesStrictly()
    {
        var previous = Uuid7.NewGuid();
        for (var round = 0; round < 100_000; round++)
        {
            var next = Uuid7.NewGuid();
            Assert.True(next > previous, $"{next} is not after {previous}.");
            previous = next;
        }
    }

    [Fact]
    public async Task NewGuid_EightThreads_IncreasesInEachAndSharesNoFirstHalf()
    {
        const int Threads = 8, Each = 50_000;
        using var start = new Barrier(Threads);
        var series = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var ids = new Guid[Each];
                start.SignalAndWait();
                for (var index = 0; index < Each; index++)
                {
                    ids[index] = Uuid7.NewGuid();
                }

                return ids;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        foreach (var ids in series)
        {
            Assert.Equal(ids.Order(), ids);
        }

        // Python and the OpenTelemetry bridge take the first eight bytes as a span id.
        var firstHalves = series.SelectMany(ids => ids).Select(id => $"{id:N}"[..16]).ToHashSet();
        Assert.Equal(Threads * Each, firstHalves.Count);
    }

    [Fact]
    public void NewGuid_ClockStepsBack_StillIncreases()
    {
        var first = Uuid7.NewGuid();
        Assert.True(Uuid7.TryGetTimestamp(first, out var now));

        var hourBack = Uuid7.NewGuid(now.AddHours(-1));
        var yearBack = Uuid7.NewGuid(now.AddYears(-1));

        Assert.True(hourBack > first);
        Assert.True(yearBack > hourBack);
    }

    [Fact]
    public void NewGuid_AnySeriesOfReadings_IncreasesStrictly() =>
        Gen.Int[-5_000, 0].Array[2, 50].Sample(steps =>
        {
            var ids = steps.Select(step => Uuid7.NewGuid(DateTimeOffset.UtcNow.AddMilliseconds(step))).ToArray();
            return ids.Zip(ids.Skip(1)).All(pair => pair.First < pair.Second);
        });

    [Fact]
    public void NewGuid_TextAndBytes_SortLikeTheIds()
    {
        var ids = Enumerable.Range(0, 2_000).Select(_ => Uuid7.NewGuid()).ToArray();

        Assert.Equal(ids.Select(id => id.ToString("D")), ids.Select(id => id.ToString("D")).Order(StringComparer.Ordinal));
        Assert.Equal(ids.Select(Hex), ids.Select(Hex).Order(StringComparer.Ordinal));

        static string Hex(Guid id)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            return Convert.ToHexString(bytes);
        }
    }

    [Fact]
    public void FromTime_AnyInstant_CarriesExactlyItsMillisecond() =>
        s_instants.Sample(time =>
        {
            var id = Uuid7.FromTime(time);
            return Uuid7.IsVersion7(id)
                && Uuid7.TryGetTimestamp(id, out var read)
                && read.ToUnixTimeMilliseconds() == time.ToUnixTimeMilliseconds();
        });

    [Fact]
    public void FromTime_LaterBy250Nanoseconds_IsLater() =>
        s_instants.Where(time => time.UtcTicks < s_lastInstant.UtcTicks - 3)
            .Sample(time => Uuid7.FromTime(time) < Uuid7.FromTime(time.AddTicks(3)));

    [Fact]
    public void FromTime_OtherOffset_IsTheSameInstant()
    {
        var utc = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

        Assert.True(Uuid7.TryGetTimestamp(Uuid7.FromTime(utc.ToOffset(TimeSpan.FromHours(9))), out var read));

        Assert.Equal(utc, read);
    }

    [Fact]
    public void FromTime_SameInstantTwice_DiffersInRandomBits()
    {
        var time = DateTimeOffset.UtcNow;

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => Uuid7.FromTime(time)).Distinct().Count());
    }

    [Fact]
    public void FromTime_Before1970_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Uuid7.FromTime(DateTimeOffset.UnixEpoch.AddTicks(-1)));

        Assert.Equal("time", error.ParamName);
    }

    [Theory]
    [InlineData("0190a0b0-c0d0-7123-8456-789abcdef012", true, 7)]
    [InlineData("0190a0b0-c0d0-4123-8456-789abcdef012", false, 4)]
    [InlineData("0190a0b0-c0d0-7123-c456-789abcdef012", false, 7)]
    [InlineData("0190a0b0-c0d0-7123-0456-789abcdef012", false, 7)]
    [InlineData("00000000-0000-0000-0000-000000000000", false, 0)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", false, 15)]
    public void IsVersion7_AnyUuid_AsksForVersionAndVariant(string text, bool expected, int version)
    {
        var id = Guid.Parse(text);

        Assert.Equal(expected, Uuid7.IsVersion7(id));
        Assert.Equal(version, Uuid7.VersionOf(id));
        Assert.Equal(expected, Uuid7.TryGetTimestamp(id, out _));
    }

    [Fact]
    public void TryGetTimestamp_TimeAfterTheYear9999_IsFalse()
    {
        Assert.False(Uuid7.TryGetTimestamp(Guid.Parse("ffffffff-ffff-7fff-bfff-ffffffffffff"), out var time));
        Assert.Equal(default, time);
    }

    [Fact]
    public void NewGuidAndReading_WarmedUp_AllocateNothing()
    {
        var time = DateTimeOffset.UtcNow;
        var found = 0;
        Work(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2_000, found);

        void Work(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                var id = Uuid7.NewGuid();
                found += Uuid7.IsVersion7(Uuid7.FromTime(time)) && Uuid7.TryGetTimestamp(id, out _) ? 1 : 0;
            }
        }
    }
}
