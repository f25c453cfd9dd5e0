using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>What goes on to the inner client: the caller's options and messages without run ids, its tools recorded.</summary>
internal static class RequestOptions
{
    /// <summary>Returns the options as they are when nothing about them is ours; otherwise a copy. The caller's are never changed.</summary>
    public static ChatOptions? Onward(ChatOptions? options, bool traceTools)
    {
        var hasId = HasId(options?.AdditionalProperties);
        var hasTools = traceTools && options?.Tools?.Any(IsUntraced) is true;
        if (!hasId && !hasTools)
        {
            return options;
        }

        var copy = options!.Clone();
        copy.AdditionalProperties = Without(copy.AdditionalProperties);
        if (hasTools)
        {
            copy.Tools = [.. copy.Tools!.Select(tool => IsUntraced(tool) ? new TracedFunction((AIFunction)tool, options.ConversationId) : tool)];
        }

        return copy;
    }

    public static EmbeddingGenerationOptions? Onward(EmbeddingGenerationOptions? options)
    {
        if (!HasId(options?.AdditionalProperties))
        {
            return options;
        }

        var copy = options!.Clone();
        copy.AdditionalProperties = Without(copy.AdditionalProperties);
        return copy;
    }

    /// <summary>Takes the run ids out that streamed answers carry when they come back as history; the caller's messages are never changed.</summary>
    public static IReadOnlyCollection<ChatMessage> Onward(IReadOnlyCollection<ChatMessage> messages) =>
        !messages.Any(message => HasId(message.AdditionalProperties))
            ? messages
            : [.. messages.Select(message =>
            {
                if (HasId(message.AdditionalProperties))
                {
                    message = message.Clone();
                    message.AdditionalProperties = Without(message.AdditionalProperties);
                }

                return message;
            })];

    private static bool IsUntraced(AITool tool) => tool is AIFunction && tool.GetService<TracedFunction>() is null;

    private static bool HasId(AdditionalPropertiesDictionary? properties) => properties?.ContainsKey(RequestRunId.Key) is true;

    private static AdditionalPropertiesDictionary? Without(AdditionalPropertiesDictionary? properties)
    {
        if (!HasId(properties))
        {
            return properties;
        }

        var copy = properties!.Clone();
        copy.Remove(RequestRunId.Key);
        return copy.Count == 0 ? null : copy;
    }
}
