using CsCheck;

namespace LangSmith.Protocol.Tests.Order;

public sealed class DottedOrderTests
{
    private const string Root = "20260102T030405678901Z0190a0b0-c0d0-7123-8456-789abcdef012";

    private static readonly Guid s_id = Guid.Parse("0190a0b0-c0d0-7123-8456-789abcdef012");

    /// <summary>Times to the microsecond, which is what the wire carries.</summary>
    private static readonly Gen<DateTimeOffset> s_times =
        Gen.Long[0, DateTime.MaxValue.Ticks / 10].Select(microseconds => new DateTimeOffset(microseconds * 10, TimeSpan.Zero));

    [Fact]
    public void Print_Root_Is58CharactersOfTimeAndId()
    {
        var printed = DottedOrder.Print(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero), s_id);

        Assert.Equal(Root, printed);
        Assert.Equal(58, printed.Length);
    }

    [Fact]
    public void Print_OtherOffset_IsUtc() =>
        Assert.Equal(Root, DottedOrder.Print(new DateTimeOffset(2026, 1, 2, 12, 4, 5, 678, 901, TimeSpan.FromHours(9)), s_id));

    [Fact]
    public void TryParse_AnyPath_ReadsWhatWasPrinted() =>
        Gen.Select(s_times, Gen.Guid).Array[1, 12].Sample(path =>
        {
            var text = path.Aggregate((string?)null, (parent, level) => DottedOrder.Print(parent, level.Item1, level.Item2))!;
            return DottedOrder.TryParse(text, out var segments)
                && segments.SequenceEqual(path.Select(level => new DottedOrderSegment(level.Item1, level.Item2)))
                && DottedOrder.TryParseLast(text, out var last)
                && last == segments[^1];
        });

    [Fact]
    public void Print_LaterSibling_SortsAfter() =>
        Gen.Select(s_times, s_times, Gen.Guid, Gen.Guid).Where((first, second, _, _) => first < second).Sample((first, second, id, other) =>
            string.CompareOrdinal(DottedOrder.Print(Root, first, id), DottedOrder.Print(Root, second, other)) < 0);

    [Theory]
    [InlineData("20260102T030405Z", 0)]
    [InlineData("20260102T0304056Z", 6_000_000)]
    [InlineData("20260102T030405678Z", 6_780_000)]
    [InlineData("20260102T030405678901Z", 6_789_010)]
    [InlineData("20260102T0304056789012Z", 6_789_012)]
    [InlineData("20260102T030405678901234Z", 6_789_012)]
    public void TryParse_NoneToNineFractionDigits_AreRead(string time, long ticks)
    {
        Assert.True(DottedOrder.TryParse($"{time}{s_id}", out var segments));

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(ticks), segments[0].StartTime);
        Assert.Equal(s_id, segments[0].RunId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(Root + ".")]
    [InlineData("." + Root)]
    [InlineData("20260102T030405678901Z")]
    [InlineData("20261302T030405678901Z0190a0b0-c0d0-7123-8456-789abcdef012")]
    [InlineData("20260102T0304056789012345Z0190a0b0-c0d0-7123-8456-789abcdef012")]
    [InlineData("20260102T03040567x901Z0190a0b0-c0d0-7123-8456-789abcdef012")]
    [InlineData("20260102T030405678901Znot-a-uuid")]
    [InlineData("Z0190a0b0-c0d0-7123-8456-789abcdef012")]
    public void TryParse_Malformed_IsFalseAndEmpty(string? text)
    {
        Assert.False(DottedOrder.TryParse(text, out var segments));
        Assert.Empty(segments);
    }

    [Fact]
    public void TryParse_DeeperThanTheLimit_IsFalse()
    {
        var deepest = string.Join('.', Enumerable.Repeat(Root, DottedOrder.DepthMax));

        Assert.True(DottedOrder.TryParse(deepest, out var segments));
        Assert.Equal(DottedOrder.DepthMax, segments.Count);
        Assert.False(DottedOrder.TryParse($"{deepest}.{Root}", out _));
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String[Gen.Char["0123456789TZ.-abcdef"], 0, 130].Sample(text => DottedOrder.TryParse(text, out _) || !DottedOrder.TryParseLast(text, out _) || true);
}
