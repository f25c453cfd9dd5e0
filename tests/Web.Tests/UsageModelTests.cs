using LangSmith.Server.Domain;
using LangSmith.Server.Web.Traces;

namespace Web.Tests;

public sealed class UsageModelTests
{
    [Fact]
    public void Of_KindsInsideACount_AddUpToIt()
    {
        var usage = UsageModel.Of(new RunUsage
        {
            PromptTokens = 100,
            CompletionTokens = 20,
            PromptTokenDetails = """{"cache_read":60}"""u8.ToArray(),
        })!;
        Assert.Equal([60, 40, 20], usage.Parts.Select(part => part.Tokens));
        Assert.Equal(["Prompt, cached", "Prompt", "Completion"], usage.Parts.Select(part => part.Title));
        Assert.Equal(120, usage.Total);
    }

    [Fact]
    public void Of_KindsThatSayMoreThanTheCount_AreLeftOut() => Assert.Equal(
        [10],
        UsageModel.Of(new RunUsage { PromptTokens = 10, PromptTokenDetails = """{"a":8,"b":8}"""u8.ToArray() })!.Parts.Select(part => part.Tokens));

    [Fact]
    public void Of_NothingKnown_Null() => Assert.Null(UsageModel.Of(RunUsage.None));
}
