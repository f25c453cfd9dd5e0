using LangSmith;
using LangSmith.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Extensions.AI.Tests;

/// <summary>One run per call under the id that was asked for, wherever the other decorators stand.</summary>
public sealed class PipelineTests
{
    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Orders { get; } = [.. from order in Permutations("LCRO") select new string([.. order])];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task GetResponse_DecoratorsInAnyOrder_RecordOneRunUnderTheId(string order)
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(_ => throw new TimeoutException("busy"), _ => ScriptedModel.Text("Hello!"));
        var client = Build(model, order);
        var id = Uuid7.NewGuid();

        var response = await client.GetResponseAsync("hi", new ChatOptions().WithRunId(id), Cancellation);

        var run = Assert.Single(capture.Runs);
        Assert.Equal((id, id), (run.Id, response.GetLangSmithRunId()));
        Assert.Equal((null, "Hello!"), (run.Error, (string?)run.Outputs!["messages"]![0]!["content"]));
        // Below the retry each attempt is one of the run; above it there is one call.
        Assert.Equal(order.IndexOf('R', StringComparison.Ordinal) < order.IndexOf('L', StringComparison.Ordinal) ? 2 : 1, run.Attempts);
        Assert.All(model.Asked, asked => Assert.Null(asked?.AdditionalProperties));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task GetStreamingResponse_DecoratorsInAnyOrder_RecordOneRunUnderTheId(string order)
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(_ => ScriptedModel.Text("Hello!"));
        var client = Build(model, order);
        var id = Uuid7.NewGuid();

        var response = await client.GetStreamingResponseAsync("hi", new ChatOptions().WithRunId(id), Cancellation).ToChatResponseAsync(Cancellation);

        var run = Assert.Single(capture.Runs);
        Assert.Equal((id, id, "Hello!"), (run.Id, response.GetLangSmithRunId(), response.Text));
        Assert.Equal("Hello!", (string?)run.Outputs!["messages"]![0]!["content"]);
        Assert.All(model.Asked, asked => Assert.Null(asked?.AdditionalProperties));
    }

    [Theory]
    [InlineData("LC", 2)]
    [InlineData("CL", 1)]
    public async Task GetResponse_SameQuestionUnderAnotherId_IsAnsweredByTheCache(string order, int runs)
    {
        using var capture = RunCapture.Start();
        var model = new ScriptedModel(_ => ScriptedModel.Text("Hello!"));
        var client = Build(model, order);
        var (first, second) = (Uuid7.NewGuid(), Uuid7.NewGuid());

        await client.GetResponseAsync("hi", new ChatOptions().WithRunId(first), Cancellation);
        var response = await client.GetResponseAsync("hi", new ChatOptions().WithRunId(second), Cancellation);

        Assert.Single(model.Asked);
        Assert.Equal("Hello!", response.Text);
        Assert.Equal(runs, capture.Runs.Count);
        // A cache above answers with what the first run made; below, the second request has a run of its own.
        Assert.Equal(runs == 1 ? first : second, response.GetLangSmithRunId());
    }

    [Theory]
    [InlineData("LOL")]
    [InlineData("LCL")]
    [InlineData("LLCOL")]
    public async Task GetResponse_SeveralThatRecordTheSameCall_RecordItOnce(string order)
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        var response = await Build(new ScriptedModel(_ => ScriptedModel.Text("Hello!")), order)
            .GetResponseAsync("hi", new ChatOptions().WithRunId(id), Cancellation);

        Assert.Equal((id, id), (Assert.Single(capture.Runs).Id, response.GetLangSmithRunId()!.Value));
    }

    [Theory]
    [InlineData("LFL")]
    [InlineData("LLFL")]
    [InlineData("OLCFRLO")]
    [InlineData("LFLL")]
    public async Task GetResponse_FunctionLoopBetween_IsOneConversation(string order)
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        await Build(Weather(), order).GetResponseAsync("weather?", Tools().WithRunId(id), Cancellation);

        Assert.Equal(
            "openai chat (chain) success\n  openai chat (llm) success\n  weather (tool) success\n  openai chat (llm) success\n",
            capture.ToTree());
        Assert.Equal(id, capture.Runs[0].Id);
    }

    [Fact]
    public async Task GetStreamingResponse_FunctionLoopBetween_IsOneConversation()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        var response = await Build(Weather(), "LFL").GetStreamingResponseAsync("weather?", Tools().WithRunId(id), Cancellation)
            .ToChatResponseAsync(Cancellation);

        Assert.Equal(
            "openai chat (chain) success\n  openai chat (llm) success\n  weather (tool) success\n  openai chat (llm) success\n",
            capture.ToTree());
        Assert.Equal((id, id), (capture.Runs[0].Id, response.GetLangSmithRunId()!.Value));
        Assert.Contains("It rains.", response.Text, StringComparison.Ordinal);
        Assert.Equal("call-1", (string?)capture.Single("weather").Metadata["tool_call_id"]);
    }

    [Fact]
    public async Task GetResponse_OnlyBelowTheLoop_GivesTheIdToTheFirstModelCall()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();
        var options = Tools();
        // The loop goes on with a copy of the options in this mode.
        options.ToolMode = ChatToolMode.RequireAny;

        await Build(Weather(), "FL").GetResponseAsync("weather?", options.WithRunId(id), Cancellation);

        Assert.Equal(2, capture.Runs.Count);
        Assert.Equal(id, capture.Runs[0].Id);
        Assert.NotEqual(id, capture.Runs[1].Id);
        Assert.Null(capture.Runs[1].Metadata["ls_invalid_run_id"]);
    }

    [Fact]
    public async Task GetResponse_OnlyAboveTheLoop_IsOneRunWithItsTools()
    {
        using var capture = RunCapture.Start();

        await Build(Weather(), "LF").GetResponseAsync("weather?", Tools(), Cancellation);

        Assert.Equal("openai chat (llm) success\n  weather (tool) success\n", capture.ToTree());
    }

    private static ScriptedModel Weather() => new(
        _ => ScriptedModel.Call("weather", "call-1", new Dictionary<string, object?> { ["city"] = "Paris" }),
        _ => ScriptedModel.Text("It rains."));

    private static ChatOptions Tools() => new() { Tools = [AIFunctionFactory.Create((string city) => $"rain in {city}", "weather")] };

    /// <summary>Builds a pipeline, outermost first: L records, C caches, R tries again, O is OpenTelemetry, F calls functions.</summary>
    private IChatClient Build(ScriptedModel model, string order)
    {
        var builder = model.AsBuilder();
        foreach (var part in order)
        {
            builder = part switch
            {
                'L' => builder.UseLangSmith(),
                'C' => builder.UseDistributedCache(_cache),
                'R' => builder.Use(inner => new TryingAgain(inner)),
                'O' => builder.UseOpenTelemetry(configure: client => client.EnableSensitiveData = true),
                _ => builder.UseFunctionInvocation(),
            };
        }

        return builder.Build();
    }

    private static IEnumerable<IEnumerable<char>> Permutations(string parts) =>
        parts.Length == 0 ? [[]] : parts.SelectMany((part, index) => Permutations(parts.Remove(index, 1)).Select(rest => rest.Prepend(part)));

    private sealed class TryingAgain(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (TimeoutException)
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
        }
    }
}
