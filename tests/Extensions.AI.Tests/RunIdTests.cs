using LangSmith;
using LangSmith.Testing;
using Microsoft.Extensions.AI;

namespace Extensions.AI.Tests;

/// <summary>The ways to give a request its run id, and what becomes of an id that is given again.</summary>
public sealed class RunIdTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_IdInAdditionalProperties_IsTaken(bool asText)
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(_ => ScriptedModel.Text("Hello!"));
        var id = Uuid7.NewGuid();

        var response = await model.AsBuilder().UseLangSmith().Build().GetResponseAsync("hi", Options(asText ? id.ToString() : id), Cancellation);

        Assert.Equal((id, id), (Assert.Single(capture.Runs).Id, response.GetLangSmithRunId()!.Value));
        Assert.Null(Assert.Single(model.Asked)!.AdditionalProperties);
    }

    [Fact]
    public async Task GetResponse_OtherAdditionalProperties_GoOnToTheModel()
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(_ => ScriptedModel.Text("Hello!"));
        var options = new ChatOptions { AdditionalProperties = new() { ["user"] = "u-1" } };

        await model.AsBuilder().UseLangSmith().Build().GetResponseAsync("hi", options.WithRunId(Uuid7.NewGuid()), Cancellation);

        Assert.Equal("user", Assert.Single(Assert.Single(model.Asked)!.AdditionalProperties!).Key);
        Assert.Single(options.AdditionalProperties);
        Assert.Equal("""{"user":"u-1"}""", Assert.Single(capture.Runs).Metadata["ls_invocation_params"]!.ToJsonString());
    }

    [Fact]
    public async Task GetResponse_SameTextInNewOptions_IsTheNextAttempt()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid().ToString();

        await client.GetResponseAsync("hi", Options(id), Cancellation);
        await client.GetResponseAsync("hi", Options(id), Cancellation);

        var run = Assert.Single(capture.Runs);
        Assert.Equal((id, 2), (run.Id.ToString(), run.Attempts));
    }

    [Fact]
    public async Task GetResponse_SameOptionsAfterAFailure_AreTheNextAttempt()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => throw new TimeoutException("busy"), _ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();
        var options = new ChatOptions().WithRunId(Uuid7.NewGuid());

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync("hi", options, Cancellation));
        var response = await client.GetResponseAsync("hi", options, Cancellation);

        var run = Assert.Single(capture.Runs);
        Assert.Equal((run.Id, 2, null), (response.GetLangSmithRunId()!.Value, run.Attempts, run.Error));
    }

    [Fact]
    public async Task GetResponse_TracingOffWithoutAnId_LeavesTheResponseAlone()
    {
        using var capture = RunCapture.Start(options => options.TracingEnabled = false);
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();

        var response = await client.GetResponseAsync("hi", cancellationToken: Cancellation);

        Assert.Null(response.AdditionalProperties);
        Assert.Null(response.GetLangSmithRunId());
    }

    [Fact]
    public async Task GetStreamingResponse_ForNextRun_TakesTheId()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();

        using (LangSmith.Traceable.ForNextRun(new RunOptions { RunId = id }))
        {
            var response = await client.GetStreamingResponseAsync("hi", cancellationToken: Cancellation).ToChatResponseAsync(Cancellation);
            Assert.Equal(id, response.GetLangSmithRunId());
        }

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
    }

    [Fact]
    public async Task GetResponse_StreamedAnswerAsHistory_DoesNotCarryItsIdToTheModel()
    {
        using var capture = RunCapture.Start();
        IReadOnlyList<ChatMessage> asked = [];
        var client = new ScriptedModel(messages =>
        {
            asked = messages;
            return ScriptedModel.Text("Hello!");
        }).AsBuilder().UseLangSmith().Build();
        var streamed = await client.GetStreamingResponseAsync("hi", cancellationToken: Cancellation).ToChatResponseAsync(Cancellation);
        streamed.Messages[0].AdditionalProperties = new() { ["langsmith_run_id"] = streamed.GetLangSmithRunId().ToString() };

        await client.GetResponseAsync([.. streamed.Messages, new ChatMessage(ChatRole.User, "again")], cancellationToken: Cancellation);

        Assert.All(asked, message => Assert.Null(message.AdditionalProperties));
        Assert.NotNull(streamed.Messages[0].AdditionalProperties);
    }

    [Fact]
    public async Task GetResponse_InsideOfARun_TellsTheIdOfTheModelCall()
    {
        using var capture = RunCapture.Start();
        var client = new ScriptedModel(_ => ScriptedModel.Text("Hello!")).AsBuilder().UseLangSmith().Build();

        using var outer = LangSmith.Traceable.StartRun("outer");
        var response = await client.GetResponseAsync("hi", cancellationToken: Cancellation);

        Assert.Equal(capture.Single("openai chat").Id, response.GetLangSmithRunId());
    }

    [Fact]
    public async Task WithRunId_OfEmbeddingOptions_IsGivenBackWhenTheRequestFails()
    {
        using var capture = RunCapture.Start();
        var generator = new FailingOnce().AsBuilder().UseLangSmith().Build();
        var options = new EmbeddingGenerationOptions().WithRunId(Uuid7.NewGuid());

        await Assert.ThrowsAsync<TimeoutException>(() => generator.GenerateAsync(["one"], options, Cancellation));
        var embeddings = await generator.GenerateAsync(["one"], options, Cancellation);

        Assert.Equal((Assert.Single(capture.Runs).Id, 2), (embeddings.GetLangSmithRunId()!.Value, capture.Runs[0].Attempts));
    }

    private static ChatOptions Options(object id) => new() { AdditionalProperties = new() { ["langsmith_run_id"] = id } };

    private sealed class FailingOnce : IEmbeddingGenerator<string, Embedding<float>>
    {
        private bool _hasFailed;

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                throw new TimeoutException("busy");
            }

            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(new float[] { 1 })]));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
