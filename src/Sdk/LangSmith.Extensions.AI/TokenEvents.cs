using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Marks on a streaming run when tokens came; LangSmith takes the time to the first token from it.</summary>
internal sealed class TokenEvents(RunTree run, int eventsMax)
{
    private int _left = eventsMax;

    public void Count(ChatResponseUpdate update)
    {
        if (_left > 0
            && update.Contents.Any(content => content is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 } or FunctionCallContent))
        {
            _left--;
            run.AddEvent("new_token");
        }
    }
}
