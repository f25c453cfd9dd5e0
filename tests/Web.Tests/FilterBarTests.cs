using LangSmith.Server.Query;
using LangSmith.Server.Web.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Tests;

public sealed class FilterBarTests
{
    [Theory]
    [InlineData("status:error", "eq(status, \"error\")")]
    [InlineData("status:running", "eq(status, \"pending\")")]
    [InlineData("latency:>5s", "gt(latency, 5)")]
    [InlineData("latency:<=250ms", "lte(latency, 0.25)")]
    [InlineData("tag:prod tag:beta", "or(has(tags, \"prod\"), has(tags, \"beta\"))")]
    [InlineData("name:agent* type:llm", "and(like(name, \"agent%\"), eq(run_type, \"llm\"))")]
    [InlineData("meta.user:\"Ann B\"", "and(eq(metadata_key, \"user\"), eq(metadata_value, \"Ann B\"))")]
    [InlineData("feedback.score:>=0.5", "and(eq(feedback_key, \"score\"), gte(feedback_score, 0.5))")]
    [InlineData("\"refund policy\" status:success", "and(eq(status, \"success\"), search(\"refund policy\"))")]
    [InlineData("https://x.test", "search(\"https://x.test\")")]
    [InlineData("name:\"say \\\"", "eq(name, \"say \\\\\")")]
    public void Read_Words_BecomeTheFilterLanguage(string text, string expected)
    {
        var bar = FilterBar.Read(text);
        Assert.Equal(expected, bar.FilterText);
        Assert.NotNull(bar.Filter);
        Assert.Empty(bar.Problems);
    }

    [Theory]
    [InlineData("status:odd")]
    [InlineData("latency:soon")]
    [InlineData("type:agent")]
    [InlineData("id:123")]
    [InlineData("tag:")]
    public void Read_WordWithoutMeaning_IsAProblemAndNoFilter(string text)
    {
        var bar = FilterBar.Read(text);
        Assert.Null(bar.Filter);
        Assert.StartsWith(text.Split(':')[0], Assert.Single(bar.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Toggle_Twice_IsTheSameBar()
    {
        var word = new FilterWord("name", "two words");
        var once = FilterBar.Read("status:error").Toggle(word);
        Assert.Equal("status:error name:\"two words\"", once);
        Assert.Equal("status:error", FilterBar.Read(once).Toggle(word));
    }

    [Fact]
    public void Read_SeveralFields_AllMustHold() => Assert.Equal(2, Assert.IsType<RunFilter.AllOf>(FilterBar.Read("status:error tag:a tag:b").Filter).Parts.Count);

    [Theory]
    [InlineData("")]
    [InlineData("?q=status%3Aerror%20%22a%20%26%20b%22")]
    [InlineData("?q=x&level=llm&range=1h&from=2026-11-24T10%3A00%3A00Z&to=2026-11-24T11%3A00%3A00Z")]
    public void Address_ReadAndWritten_IsTheSame(string query)
    {
        var address = RunsAddress.Read("a/b", new QueryCollection(QueryHelpers.ParseQuery(query)));
        Assert.Equal("/p/a%2Fb" + query, address.ToString());
    }

    [Fact]
    public void Read_TheFilterLanguageItself_IsTakenAsItIs()
    {
        var bar = FilterBar.Read("""and(eq(status, "error"), has(tags, "prod"))""");
        Assert.IsType<LangSmith.Server.Query.RunFilter.AllOf>(bar.Filter);
        Assert.Equal("""and(eq(status, "error"), has(tags, "prod"))""", bar.FilterText);
        Assert.Empty(bar.Problems);
    }

    [Fact]
    public void Read_ABrokenFilterText_SaysWhereAndFiltersNothing()
    {
        var bar = FilterBar.Read("eq(status, ");
        Assert.Null(bar.Filter);
        Assert.NotEmpty(Assert.Single(bar.Problems));
    }

    [Fact]
    public void Read_MetadataValueWithoutKey_AnyKey() =>
        Assert.Equal("eq(metadata_value, \"order-7\")", FilterBar.Read("meta:order-7").FilterText);
}
