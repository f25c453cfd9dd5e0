using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Extensions.AI.Tests;

/// <summary>A model that answers by script and remembers what it was asked.</summary>
internal sealed class ScriptedModel(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] answers) : IChatClient
{
    private int _next;

    public List<ChatOptions?> Asked { get; } = [];

    public static ChatResponse Text(string text, string? id = "c1") => new(new ChatMessage(ChatRole.Assistant, text))
    {
        ResponseId = id,
        ModelId = "gpt-4o-mini-2024-07-18",
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 9, OutputTokenCount = 3, TotalTokenCount = 12, CachedInputTokenCount = 2, ReasoningTokenCount = 1 },
    };

    public static ChatResponse Call(string function, string callId, IDictionary<string, object?> arguments) =>
        new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(callId, function, arguments)])) { FinishReason = ChatFinishReason.ToolCalls };

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Asked.Add(options);
        return answers[Math.Min(_next++, answers.Length - 1)]([.. messages]);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            await Task.Yield();
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", new Uri("http://localhost"), "gpt-4o-mini")
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
