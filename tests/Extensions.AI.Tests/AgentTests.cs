using LangSmith;
using LangSmith.Testing;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Extensions.AI.Tests;

/// <summary>Agents of the Microsoft Agent Framework, whose clients are ours.</summary>
public sealed class AgentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_UnderARunId_IsOneConversationWithItsTools(bool streams)
    {
        using var capture = RunCapture.Start();
        var model = Model();
        var agent = Agent(model.AsBuilder().UseLangSmith(new() { Name = "conversation" }).UseFunctionInvocation().UseLangSmith());
        var id = Uuid7.NewGuid();

        Assert.Equal(id, (await AskAsync(agent, id, streams)).AsChatResponse().GetLangSmithRunId());

        Assert.Equal(id, capture.Single("conversation").Id);
        Assert.Equal(
            """
            conversation (chain) success
              openai chat (llm) success
              weather (tool) success
              openai chat (llm) success

            """,
            capture.ToTree());
        Assert.All(model.Asked, asked => Assert.Null(asked?.AdditionalProperties));
    }

    [Fact]
    public async Task Run_WithTheLoopOfTheAgent_GivesTheIdToTheFirstModelCall()
    {
        using var capture = RunCapture.Start();
        var model = Model();
        var agent = Agent(model.AsBuilder().UseLangSmith());
        var id = Uuid7.NewGuid();

        await AskAsync(agent, id, streams: false);

        Assert.Equal(["openai chat", "openai chat"], capture.Runs.Select(run => run.Name));
        Assert.Equal(id, capture.Runs[0].Id);
        Assert.All(model.Asked, asked => Assert.Null(asked?.AdditionalProperties));
    }

    private static ScriptedModel Model() => new(
        _ => ScriptedModel.Call("weather", "call-1", new Dictionary<string, object?> { ["city"] = "Paris" }),
        _ => ScriptedModel.Text("It rains."));

    private static ChatClientAgent Agent(ChatClientBuilder client) =>
        new(client.Build(), "Be kind.", "helper", tools: [AIFunctionFactory.Create((string city) => $"rain in {city}", "weather")]);

    private static async Task<AgentResponse> AskAsync(ChatClientAgent agent, Guid id, bool streams)
    {
        var session = await agent.CreateSessionAsync(Cancellation);
        var options = new ChatClientAgentRunOptions(new ChatOptions().WithRunId(id));
        return streams
            ? await agent.RunStreamingAsync("Will it rain in Paris?", session, options, Cancellation).ToAgentResponseAsync(Cancellation)
            : await agent.RunAsync("Will it rain in Paris?", session, options, Cancellation);
    }
}
