namespace LangSmith.Protocol.Tests.Wire;

public sealed class WordsTests
{
    [Fact]
    public void RunTypes_All_AreTheSevenThatTheWireKnowsInAnyCase()
    {
        Assert.Equal(["chain", "embedding", "llm", "parser", "prompt", "retriever", "tool"], RunTypes.All.Order());
        Assert.Contains("LLM", (IReadOnlySet<string>)RunTypes.All);
        Assert.DoesNotContain("agent", (IReadOnlySet<string>)RunTypes.All);
    }

    [Fact]
    public void WireHeaders_AllNames_AreLowerCase() =>
        Assert.All(
            [WireHeaders.ApiKey, WireHeaders.TenantId, WireHeaders.Trace, WireHeaders.Baggage, WireHeaders.Project],
            name => Assert.Equal(name.ToLowerInvariant(), name));
}
