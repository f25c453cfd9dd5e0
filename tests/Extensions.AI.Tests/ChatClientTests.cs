using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Testing;
using Microsoft.Extensions.AI;

namespace Extensions.AI.Tests;

/// <summary>What a chat client with <c>UseLangSmith()</c> records, and under which id.</summary>
public sealed class ChatClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_WithARunId_RunsUnderItAndHandsItBack()
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(_ => ScriptedModel.Text("Hello!"));
        var client = model.AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();

        var response = await client.GetResponseAsync("hi", new ChatOptions { Temperature = 0.5f }.WithRunId(id), Cancellation);

        Assert.Equal(id, response.GetLangSmithRunId());
        Assert.Equal(id, Assert.Single(capture.Runs).Id);
        Assert.Null(Assert.Single(model.Asked)!.AdditionalProperties);
    }

    [Fact]
    public async Task GetResponse_Request_IsRecordedAsWrapOpenAISendsIt()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();

        await client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, "hi")],
            new ChatOptions { Temperature = 0.5f, MaxOutputTokens = 5, StopSequences = ["X"], Seed = 1, ConversationId = "thread-1" }, Cancellation);

        var run = capture.Single("openai chat");
        Assert.Equal("llm", run.RunType);
        Assert.Equal("""{"messages":[{"role":"user","content":"hi"}]}""", run.Inputs!.ToJsonString());
        Assert.Equal("Hello!", (string?)run.Outputs!["messages"]![0]!["content"]);
        var usage = JsonNode.Parse(
            """{"input_tokens":9,"output_tokens":3,"total_tokens":12,"input_token_details":{"cache_read":2},"output_token_details":{"reasoning":1}}""");
        Assert.True(JsonNode.DeepEquals(usage, run.Outputs["usage_metadata"]));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {"thread_id":"thread-1","ls_model_type":"chat","ls_provider":"openai","ls_model_name":"gpt-4o-mini","ls_temperature":0.5,
                 "ls_max_tokens":5,"ls_stop":["X"],"ls_invocation_params":{"seed":1},"usage_metadata":
                 {"input_tokens":9,"output_tokens":3,"total_tokens":12,"input_token_details":{"cache_read":2},"output_token_details":{"reasoning":1}}}
                """),
            run.Metadata), run.Metadata.ToJsonString());
    }

    [Fact]
    public async Task GetResponse_OptionsUsedTwice_GiveTheirIdOnce()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();
        var options = new ChatOptions().WithRunId(id);

        var first = await client.GetResponseAsync("one", options, Cancellation);
        var second = await client.GetResponseAsync("two", options, Cancellation);

        Assert.Equal(id, first.GetLangSmithRunId());
        Assert.NotEqual(id, second.GetLangSmithRunId());
        Assert.Equal(2, capture.Runs.Count);
        Assert.Equal(id.ToString(), (string?)capture.Runs[1].Metadata["ls_invalid_run_id"]);
        Assert.Single(options.AdditionalProperties!);
    }

    [Fact]
    public async Task GetResponse_IdThatIsNone_StillAnswersAndKeepsWhatWasGiven()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();

        var response = await client.GetResponseAsync(
            "hi", new ChatOptions { AdditionalProperties = new() { ["langsmith_run_id"] = "order-42" } }, Cancellation);

        Assert.Equal("Hello!", response.Text);
        Assert.Equal("order-42", (string?)Assert.Single(capture.Runs).Metadata["ls_invalid_run_id"]);
    }

    [Fact]
    public async Task GetResponse_FunctionLoopBetweenTwo_IsAConversationWithModelCallsAndTools()
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(
            _ => ScriptedModel.Call("weather", "call-1", new Dictionary<string, object?> { ["city"] = "Paris" }),
            _ => ScriptedModel.Text("It rains."));
        var client = model.AsBuilder().UseLangSmith().UseFunctionInvocation().UseLangSmith().Build();
        var id = Uuid7.NewGuid();
        var tool = AIFunctionFactory.Create((string city) => $"rain in {city}", "weather");

        var response = await client.GetResponseAsync("weather?", new ChatOptions { Tools = [tool] }.WithRunId(id), Cancellation);

        Assert.Equal(
            """
            openai chat (chain) success
              openai chat (llm) success
              weather (tool) success
              openai chat (llm) success

            """.ReplaceLineEndings("\n"),
            capture.ToTree());
        Assert.Equal(id, response.GetLangSmithRunId());
        Assert.Equal(id, capture.Runs[0].Id);
        Assert.Equal("""{"city":"Paris"}""", capture.Single("weather").Inputs!.ToJsonString());
        Assert.Equal("rain in Paris", (string?)capture.Single("weather").Outputs!["output"]);
        Assert.All(model.Asked, asked => Assert.Null(asked!.AdditionalProperties));
        // What the model calls used is said once, on them.
        Assert.Null(capture.Runs[0].Outputs!["usage_metadata"]);
    }

    [Fact]
    public async Task GetResponse_TwoWithoutALoopBetween_RecordOnce()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().UseOpenTelemetry().UseLangSmith().Build();
        var id = Uuid7.NewGuid();

        var response = await client.GetResponseAsync("hi", new ChatOptions().WithRunId(id), Cancellation);

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
        Assert.Equal(id, response.GetLangSmithRunId());
    }

    [Fact]
    public async Task GetResponse_Failing_RecordsTheErrorAndThrowsIt()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => throw new InvalidOperationException("no credit")).AsBuilder().UseLangSmith().Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("hi", cancellationToken: Cancellation));

        Assert.Contains("no credit", Assert.Single(capture.Runs).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponse_WholeStream_IsJoinedAndMarksTheFirstToken()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();
        var ids = new List<Guid?>();

        await foreach (var update in client.GetStreamingResponseAsync("hi", new ChatOptions().WithRunId(id), Cancellation))
        {
            ids.Add(update.GetLangSmithRunId());
            Assert.Null(LangSmith.Traceable.Current);
        }

        var run = Assert.Single(capture.Runs);
        Assert.Equal((id, id), (run.Id, ids[0]));
        Assert.Equal("Hello!", (string?)run.Outputs!["messages"]![0]!["content"]);
        Assert.Equal(12, (int?)run.Outputs["usage_metadata"]!["total_tokens"]);
        Assert.Equal("new_token", (string?)Assert.Single(run.Events)!["name"]);
    }

    [Fact]
    public async Task GetStreamingResponse_LeftEarly_EndsWithWhatCame()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();

        await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: Cancellation))
        {
            Assert.NotNull(update);
            break;
        }

        var run = Assert.Single(capture.Runs);
        Assert.NotNull(run.EndTime);
        Assert.Null(run.Error);
    }

    [Fact]
    public async Task GetResponse_InsideOfARun_IsItsChild()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();

        using (LangSmith.Traceable.StartRun("outer"))
        {
            await client.GetResponseAsync("hi", cancellationToken: Cancellation);
        }

        Assert.Equal(capture.Single("outer").Id, capture.Single("openai chat").ParentRunId);
    }

    [Fact]
    public async Task GetResponse_ForNextRun_TakesTheId()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();

        using (LangSmith.Traceable.ForNextRun(new RunOptions { RunId = id }))
        {
            await client.GetResponseAsync("hi", cancellationToken: Cancellation);
        }

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
    }

    [Fact]
    public async Task GetResponse_TracingOff_PassesEverythingOnButTheId()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);
        var model = new ScriptedModel(_ => ScriptedModel.Text("Hello!"));
        var client = model.AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();

        var response = await client.GetResponseAsync("hi", new ChatOptions().WithRunId(id), Cancellation);

        Assert.Equal(id, response.GetLangSmithRunId());
        Assert.Null(Assert.Single(model.Asked)!.AdditionalProperties);
        Assert.Empty(capture.Runs);
    }
}
