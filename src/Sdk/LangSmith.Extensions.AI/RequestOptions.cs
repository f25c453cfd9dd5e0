using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>What goes on to the inner client: the caller's options without the run id, its tools recorded.</summary>
internal static class RequestOptions
{
    /// <summary>Returns the options as they are when nothing about them is ours; otherwise a copy. The caller's are never changed.</summary>
    public static ChatOptions? Onward(ChatOptions? options, bool traceTools)
    {
        var hasId = options?.AdditionalProperties?.ContainsKey(RequestRunId.Key) is true;
        var hasTools = traceTools && options?.Tools?.Any(IsUntraced) is true;
        if (!hasId && !hasTools)
        {
            return options;
        }

        var copy = options!.Clone();
        copy.AdditionalProperties = Without(copy.AdditionalProperties);
        if (hasTools)
        {
            copy.Tools = [.. copy.Tools!.Select(tool => IsUntraced(tool) ? new TracedFunction((AIFunction)tool) : tool)];
        }

        return copy;
    }

    public static EmbeddingGenerationOptions? Onward(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties?.ContainsKey(RequestRunId.Key) is not true)
        {
            return options;
        }

        var copy = options.Clone();
        copy.AdditionalProperties = Without(copy.AdditionalProperties);
        return copy;
    }

    private static bool IsUntraced(AITool tool) => tool is AIFunction && tool.GetService<TracedFunction>() is null;

    private static AdditionalPropertiesDictionary? Without(AdditionalPropertiesDictionary? properties)
    {
        if (properties is null || !properties.ContainsKey(RequestRunId.Key))
        {
            return properties;
        }

        var copy = properties.Clone();
        copy.Remove(RequestRunId.Key);
        return copy.Count == 0 ? null : copy;
    }
}
