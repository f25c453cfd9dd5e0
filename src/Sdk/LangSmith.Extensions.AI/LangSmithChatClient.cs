using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>A chat client whose requests are recorded as runs.</summary>
/// <remarks>
/// <para>
/// Where it stands among the decorators decides what it records. A request that reaches the model through it is an <c>llm</c> run. With a
/// function-invocation loop below it and another <see cref="LangSmithChatClient"/> below that, it records the whole conversation as a
/// <c>chain</c> run, the inner one each model call, and tools run as <c>tool</c> runs. Of two that nothing but other decorators part, the
/// outer one steps aside, so that a call is never recorded twice.
/// </para>
/// <para>Recording never changes what the caller sees: failures of it are logged, not thrown. Thread-safe where the inner client is.</para>
/// </remarks>
public sealed class LangSmithChatClient : DelegatingChatClient
{
    private readonly LangSmithClientOptions _options;
    private readonly ChatRole _role;
    private readonly ChatClientMetadata? _metadata;

    /// <summary>Makes a client that records what it passes on.</summary>
    /// <param name="innerClient">The client that does the work; disposed with this one.</param>
    /// <param name="options">What to put on the runs; null for nothing beyond what the requests say.</param>
    public LangSmithChatClient(IChatClient innerClient, LangSmithClientOptions? options = null)
        : base(innerClient)
    {
        _options = options ?? new LangSmithClientOptions();
        _metadata = innerClient.GetService<ChatClientMetadata>();
        _role = RoleAbove(innerClient);
    }

    private enum ChatRole
    {
        /// <summary>Records each request as a call of a model.</summary>
        Model,

        /// <summary>Records each request as a conversation, whose model calls another client records.</summary>
        Conversation,

        /// <summary>Another client records the very same calls.</summary>
        Aside,
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_role == ChatRole.Aside)
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }

        var given = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        using var run = Start(given, options);
        try
        {
            var response = await base.GetResponseAsync(given, Onward(options, run), cancellationToken).ConfigureAwait(false);
            End(run, response);
            response.AdditionalProperties = ChatRunIdExtensions.With(response.AdditionalProperties, run.Id);
            return response;
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_role == ChatRole.Aside)
        {
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        var given = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        using var run = Start(given, options);
        var updates = new List<ChatResponseUpdate>();
        var tokens = new TokenEvents(run, _options.TokenEventsMax);
        var stream = base.GetStreamingResponseAsync(given, Onward(options, run), cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await MoveAsync(stream, run).ConfigureAwait(false))
            {
                var update = stream.Current;
                tokens.Count(update);
                updates.Add(update);
                if (updates.Count == 1)
                {
                    // A copy: the inner client may keep the update, a cache does.
                    update = update.Clone();
                    update.AdditionalProperties = ChatRunIdExtensions.With(update.AdditionalProperties, run.Id);
                }

                yield return update;
            }
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            // A caller that has seen enough ends the run with what came; that is no error.
            End(run, updates.ToChatResponse());
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> stream, RunTree run)
    {
        // Each step of an async iterator starts in its caller's context, where the run is not the current one.
        using var current = run.MakeCurrent();
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }

    private static ChatRole RoleAbove(IChatClient inner)
    {
        if (inner.GetService<LangSmithChatClient>() is null)
        {
            return ChatRole.Model;
        }

        var loop = inner.GetService<FunctionInvokingChatClient>();
        return loop?.GetService<LangSmithChatClient>() is null ? ChatRole.Aside : ChatRole.Conversation;
    }

    private RunTree Start(IReadOnlyCollection<ChatMessage> messages, ChatOptions? options) =>
        ChatRuns.Start(_options, _metadata, _role == ChatRole.Model, messages, options);

    private void End(RunTree run, ChatResponse response) => ChatRuns.End(run, _role == ChatRole.Model, response);

    private ChatOptions? Onward(ChatOptions? options, RunTree run)
    {
        var hasLoop = InnerClient.GetService<FunctionInvokingChatClient>() is not null;
        return RequestOptions.Onward(options, hasLoop && run.IsTraced);
    }
}
