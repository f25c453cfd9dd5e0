using System.Diagnostics;
using Microsoft.Extensions.AI;
using Server.Tests.Support;

namespace Server.Tests.Otlp;

/// <summary>The spans that Microsoft.Extensions.AI makes itself, by its real instrumentation and the real exporter.</summary>
public sealed class ExtensionsAiSpanTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task ChatClient_WithItsOwnTelemetry_IsAModelsCall()
    {
        var source = $"chat-{Guid.NewGuid():N}";
        ActivityTraceId trace = default;
        using var listener = new ActivityListener
        {
            ShouldListenTo = listened => listened.Name == source,
            ActivityStopped = activity => trace = activity.TraceId,
        };
        ActivitySource.AddActivityListener(listener);
        using (SpanSender.Provider(server, source))
        {
            using var client = new Scripted().AsBuilder().UseOpenTelemetry(sourceName: source, configure: o => o.EnableSensitiveData = true).Build();
            Activity.Current = null;
            await client.GetResponseAsync([new ChatMessage(ChatRole.User, "why")], new ChatOptions { Temperature = 0.5f }, TestServer.Cancellation);
        }

        var runs = (await server.PostAsync("/runs/query", new { trace = Guid.ParseExact(trace.ToHexString(), "N") })).GetProperty("runs");
        var run = Assert.Single(runs.EnumerateArray());
        Assert.Equal("llm", run.GetProperty("run_type").GetString());
        Assert.Equal((10, 2), (run.GetProperty("prompt_tokens").GetInt32(), run.GetProperty("completion_tokens").GetInt32()));
        var metadata = run.GetProperty("extra").GetProperty("metadata");
        Assert.Equal(("openai", "gpt-4o"), (metadata.GetProperty("ls_provider").GetString(), metadata.GetProperty("ls_model_name").GetString()));
        Assert.Contains("why", run.GetProperty("inputs").GetProperty("messages")[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("because", run.GetProperty("outputs").GetProperty("messages")[0].GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>A model that always says the same.</summary>
    private sealed class Scripted : IChatClient
    {
        private readonly ChatClientMetadata _metadata = new("openai", new Uri("http://localhost"), "gpt-4o");

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "because"))
            {
                ModelId = "gpt-4o",
                Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2, TotalTokenCount = 12 },
            });

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? _metadata : null;

        public void Dispose()
        {
        }
    }
}
