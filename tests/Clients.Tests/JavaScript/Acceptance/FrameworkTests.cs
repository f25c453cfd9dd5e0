using System.Text.Json;
using Clients.Tests.Support;

namespace Clients.Tests.JavaScript.Acceptance;

/// <summary>The frameworks that trace through the official client: the AI SDK, OpenAI's client and LangChain, under ids of the caller's choosing.</summary>
public sealed class FrameworkTests(FrameworkSuite suite) : IClassFixture<FrameworkSuite>
{
    private RunningServer Server => suite.Server;

    [Fact]
    public async Task AiSdk_GenerateText_IsAModelsCallBelowTheCallersRun()
    {
        var trace = await Server.ReadTraceAsync(suite.Of("ai-sdk").Id);

        Assert.Equal(["outer chain", "mock llm"], trace.Select(Kind));
        Assert.All(trace, run => Assert.Equal(("success", 3, 2), Ended(run)));
        Assert.All(trace, run => Assert.Equal(1, run.GetProperty("extra").GetProperty("metadata").GetProperty("m").GetInt32()));
        Assert.Contains("because", trace[0].GetProperty("outputs").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AiSdk_StreamText_KnowsItsFirstToken()
    {
        var played = suite.Of("ai-sdk");
        var trace = await Server.ReadTraceAsync(played.Guid("streamed"));

        Assert.Equal("because", played.Text("read"));
        Assert.Equal(["outer chain", "mock llm"], trace.Select(Kind));
        Assert.All(trace, run => Assert.Equal(("success", 3, 2), Ended(run)));
        Assert.NotEqual(JsonValueKind.Null, trace[1].GetProperty("first_token_time").ValueKind);
        Assert.Equal("because", trace[1].GetProperty("outputs").GetProperty("content").GetString());
    }

    [Fact]
    public async Task AiSdk_WithATool_IsATreeWhoseRootSumsTheTokens()
    {
        var played = suite.Of("ai-sdk");
        var trace = await Server.ReadTraceAsync(played.Guid("tooled"));

        Assert.Equal(["outer chain", "mock llm", "weather tool", "mock llm"], trace.Select(Kind));
        Assert.Equal(("success", 14, 5), Ended(trace[0]));
        Assert.Equal("rain in Paris", trace[2].GetProperty("outputs").GetProperty("outputs").GetString());
        Assert.All(trace.Skip(1), run => Assert.Equal(played.Guid("tooled"), run.GetProperty("parent_run_id").GetGuid()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("streamed")]
    [InlineData("response")]
    public async Task OpenAi_EachWayOfAsking_IsAPricedModelsCallUnderTheCallersId(string? which)
    {
        var played = suite.Of("openai");
        var run = Assert.Single(await Server.ReadTraceAsync(which is null ? played.Id : played.Guid(which)));

        Assert.Equal("asked llm", Kind(run));
        Assert.Equal(("success", 9, 3), Ended(run));
        // Five tokens at 0.15, four read from the cache at 0.075 and three written at 0.6, each for a million.
        Assert.Equal(0.00000285m, run.GetProperty("total_cost").GetDecimal());
        Assert.Equal("t", Assert.Single(run.GetProperty("tags").EnumerateArray()).GetString());
        Assert.Equal("openai", run.GetProperty("extra").GetProperty("metadata").GetProperty("ls_provider").GetString());
        Assert.Equal(which == "streamed", run.GetProperty("first_token_time").ValueKind != JsonValueKind.Null);
        Assert.Contains("because", run.GetProperty("outputs").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAi_Refused_IsAnError()
    {
        var run = await Server.ReadRunAsync(suite.Of("openai").Guid("failed"));

        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Contains("no such word", run.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LangChain_OfAChain_IsATreeUnderTheCallersId()
    {
        var played = suite.Of("langchain");
        var trace = await Server.ReadTraceAsync(played.Id);

        Assert.Equal(
            ["chain chain", "ChatPromptTemplate prompt", "FakeListChatModel llm", "StrOutputParser parser", "shout chain"], trace.Select(Kind));
        Assert.All(trace, run => Assert.Equal("success", run.GetProperty("status").GetString()));
        Assert.All(trace, run => Assert.Contains("t", run.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));
        Assert.Equal("BECAUSE", trace[0].GetProperty("outputs").GetProperty("output").GetString());
        Assert.All(trace.Skip(1), run => Assert.Equal(played.Id, run.GetProperty("parent_run_id").GetGuid()));
    }

    [Fact]
    public async Task LangChain_Throwing_IsAnErrorUnderTheCallersId()
    {
        var run = await Server.ReadRunAsync(suite.Of("langchain").Guid("failed"));

        Assert.Equal(("failing", "error"), (run.GetProperty("name").GetString(), run.GetProperty("status").GetString()));
        Assert.StartsWith("boom", run.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LangChain_TracedByTheEnvironment_IsBelowTheTracedFunction()
    {
        var played = suite.Of("langchain");
        var trace = await Server.ReadTraceAsync(played.Guid("outer"));

        Assert.Equal(["outer chain", "inner chain"], trace.Take(2).Select(Kind));
        Assert.Equal(6, trace.Count);
        Assert.Equal(played.Guid("outer"), trace[1].GetProperty("parent_run_id").GetGuid());
        Assert.Single(trace.Select(run => run.GetProperty("session_id").GetGuid()).Distinct());
    }

    private static string Kind(JsonElement run) => $"{run.GetProperty("name").GetString()} {run.GetProperty("run_type").GetString()}";

    private static (string? Status, int Input, int Output) Ended(JsonElement run) =>
        (run.GetProperty("status").GetString(), run.GetProperty("prompt_tokens").GetInt32(), run.GetProperty("completion_tokens").GetInt32());
}
