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
    private readonly bool _hasLoop;

    /// <summary>Makes a client that records what it passes on.</summary>
    /// <param name="innerClient">The client that does the work; disposed with this one.</param>
    /// <param name="options">What to put on the runs; null for nothing beyond what the requests say.</param>
    public LangSmithChatClient(IChatClient innerClient, LangSmithClientOptions? options = null)
        : base(innerClient)
    {
        _options = options ?? new LangSmithClientOptions();
        _metadata = innerClient.GetService<ChatClientMetadata>();
        _hasLoop = innerClient.GetService<FunctionInvokingChatClient>() is not null;
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
        using var request = Start(given, options);
        try
        {
            var response = await base.GetResponseAsync(RequestOptions.Onward(given), Onward(options, request), cancellationToken).ConfigureAwait(false);
            request.Record(run => ChatRuns.SetOutputs(run, _role == ChatRole.Model, response));
            if (request.IdToTell is { } id)
            {
                response.AdditionalProperties = ChatRunIdExtensions.Tell(response.AdditionalProperties, id);
            }

            return response;
        }
        catch (Exception exception) when (request.Fail(exception))
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
        using var request = Start(given, options);
        var updates = new List<ChatResponseUpdate>();
        var tokens = new TokenEvents(request.Run, _options.TokenEventsMax);
        var stream = Open(given, options, request, cancellationToken);
        try
        {
            while (await MoveAsync(stream, request, updates).ConfigureAwait(false))
            {
                var update = stream.Current;
                tokens.Count(update);
                updates.Add(update);
                if (request.IdToTell is { } id && (updates.Count == 1 || update.GetLangSmithRunId() is not null))
                {
                    // A copy: the inner client may keep the update, a cache does. What an inner client told, this one has the word over.
                    update = update.Clone();
                    update.AdditionalProperties = ChatRunIdExtensions.Tell(update.AdditionalProperties, id);
                }

                yield return update;
            }
        }
        finally
        {
            // A caller that has seen enough ends the run with what came; that is no error.
            SetOutputs(request, updates);
            request.Run.Dispose();
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IAsyncEnumerator<ChatResponseUpdate> Open(
        IReadOnlyCollection<ChatMessage> messages, ChatOptions? options, RequestRun request, CancellationToken cancellationToken)
    {
        try
        {
            return base.GetStreamingResponseAsync(RequestOptions.Onward(messages), Onward(options, request), cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception) when (request.Fail(exception))
        {
            throw;
        }
    }

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> stream, RequestRun request, List<ChatResponseUpdate> updates)
    {
        // Each step of an async iterator starts in its caller's context, where the run is not the current one.
        using var current = request.Run.MakeCurrent();
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            SetOutputs(request, updates);
            request.Fail(exception);
            throw;
        }
    }

    private void SetOutputs(RequestRun request, List<ChatResponseUpdate> updates) =>
        request.Record(run => ChatRuns.SetOutputs(run, _role == ChatRole.Model, updates.ToChatResponse()));

    private static ChatRole RoleAbove(IChatClient inner)
    {
        if (inner.GetService<LangSmithChatClient>() is not { } next)
        {
            return ChatRole.Model;
        }

        // A loop parts the two when the next client that records is also the next one below the loop.
        return inner.GetService<FunctionInvokingChatClient>()?.GetService<LangSmithChatClient>() == next ? ChatRole.Conversation : ChatRole.Aside;
    }

    private RequestRun Start(IReadOnlyCollection<ChatMessage> messages, ChatOptions? options) =>
        ChatRuns.Start(_options, _metadata, _role == ChatRole.Model, messages, options);

    private ChatOptions? Onward(ChatOptions? options, RequestRun request) => RequestOptions.Onward(options, _hasLoop && request.Run.IsTraced);
}
