using LangSmith.Server.Domain.Pricing;

namespace LangSmith.Server.Domain.Tests.Pricing;

public sealed class PriceListTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("gpt-4o", "gpt-4o")]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o")]
    [InlineData("gpt-4o-mini-2024-07-18", "gpt-4o-mini")]
    [InlineData("openai/gpt-4.1", "gpt-4.1")]
    [InlineData("gpt-4-0613", "gpt-4")]
    [InlineData("gpt-5.1", "gpt-5")]
    [InlineData("claude-sonnet-4-20250514", "claude-sonnet")]
    [InlineData("claude-opus-4-20250514", "claude-opus-4")]
    [InlineData("claude-opus-4-5-20251101", "claude-opus-4.5")]
    [InlineData("models/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("models/gemini-2.5-flash-lite", "gemini-2.5-flash-lite")]
    public void Find_UsualModel_HasItsOwnRow(string model, string row) =>
        Assert.Equal(row, PriceList.BuiltIn.Find(model, "any", s_now)?.Name);

    [Theory]
    [InlineData("my-own-model")]
    [InlineData("gpt-4o-audio-preview")]
    [InlineData("")]
    public void Find_UnknownModel_IsNull(string model) => Assert.Null(PriceList.BuiltIn.Find(model, null, s_now));

    [Fact]
    public void Find_OwnRowAndBuiltInRow_OwnRowWins()
    {
        var list = new PriceList([Price("mine", "^gpt-4o$")], [Price("theirs", "^gpt-4o$") with { StartTime = s_now.AddDays(-1) }]);

        Assert.Equal("mine", list.Find("gpt-4o", null, s_now)?.Name);
    }

    [Fact]
    public void Find_TwoStarts_LatestThatHasBegunWins()
    {
        var list = new PriceList(
            [Price("old", "m"), Price("now", "m") with { StartTime = s_now }, Price("future", "m") with { StartTime = s_now.AddTicks(1) }], []);

        Assert.Equal("now", list.Find("m", null, s_now)?.Name);
        Assert.Equal("old", list.Find("m", null, s_now.AddTicks(-1))?.Name);
    }

    [Fact]
    public void Find_RowOfAProvider_MatchesOnlyThatProvider()
    {
        var list = new PriceList([Price("azure", "m") with { Provider = "azure" }], []);

        Assert.Equal("azure", list.Find("m", "Azure", s_now)?.Name);
        Assert.Null(list.Find("m", "openai", s_now));
        Assert.Null(list.Find("m", null, s_now));
    }

    [Fact]
    public void TokenCost_CachedTokens_LeaveTheBaseCount()
    {
        var price = Price("m", "m") with { PromptCostDetails = new Dictionary<string, decimal> { ["cache_read"] = 0.000_000_1m } };

        var cost = TokenCost.Of(price, 1000, new Dictionary<string, long> { ["cache_read"] = 600, ["audio"] = 50 }, 10, new Dictionary<string, long>());

        Assert.Equal((600 * 0.000_000_1m) + (400 * 0.000_001m), cost.Prompt);
        Assert.Equal(10 * 0.000_002m, cost.Completion);
        Assert.Equal(cost.Prompt + cost.Completion, cost.Total);
        Assert.Equal(600 * 0.000_000_1m, Assert.Single(cost.PromptDetails).Value);
    }

    [Fact]
    public void TokenCost_MoreCachedThanAll_NeverGoesBelowTheCachedPrice()
    {
        var price = Price("m", "m") with { PromptCostDetails = new Dictionary<string, decimal> { ["cache_read"] = 0.000_000_1m } };

        var cost = TokenCost.Of(price, 100, new Dictionary<string, long> { ["cache_read"] = 600 }, 0, new Dictionary<string, long>());

        Assert.Equal(100 * 0.000_000_1m, cost.Prompt);
    }

    private static ModelPrice Price(string name, string pattern) => new()
    {
        Id = Uuid7.NewGuid(),
        Name = name,
        MatchPattern = pattern,
        PromptCost = 0.000_001m,
        CompletionCost = 0.000_002m,
    };
}
