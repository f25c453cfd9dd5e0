using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Puts chat messages into the shape that LangSmith's pages show as a conversation: role, content, tool calls.</summary>
/// <remarks>Values of the application stay what they are: the tracer captures them, by its own options and with what must be redacted.</remarks>
internal static class ChatMessageJson
{
    public static List<object?> ToJson(IEnumerable<ChatMessage> messages)
    {
        var list = new List<object?>();
        foreach (var message in messages)
        {
            Add(list, message);
        }

        return list;
    }

    /// <summary>Adds a message; each tool result in it becomes a message of its own, which is how model APIs list them.</summary>
    private static void Add(List<object?> list, ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            list.Add(new Dictionary<string, object?>
            {
                ["role"] = "tool",
                ["tool_call_id"] = result.CallId,
                ["content"] = result.Exception ?? result.Result,
            });
        }

        if (message.Contents.Count == 0 || message.Contents.Any(content => content is not FunctionResultContent))
        {
            list.Add(ToJson(message));
        }
    }

    /// <summary>Writes one message without its tool results.</summary>
    private static Dictionary<string, object?> ToJson(ChatMessage message)
    {
        var json = new Dictionary<string, object?> { ["role"] = message.Role.Value };
        if (message.AuthorName is { } author)
        {
            json["name"] = author;
        }

        var calls = new List<object?>();
        var parts = new List<object?>();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case FunctionCallContent call:
                    calls.Add(ToJson(call));
                    break;
                case FunctionResultContent or UsageContent:
                    break;
                default:
                    parts.Add(ToPart(content));
                    break;
            }
        }

        // A single text is the usual case, and the shortest to read.
        json["content"] = parts.Count == 1 && message.Contents.OfType<TextContent>().SingleOrDefault() is { } only ? only.Text
            : parts.Count > 0 ? parts
            : calls.Count > 0 ? null
            : "";
        if (calls.Count > 0)
        {
            json["tool_calls"] = calls;
        }

        return json;
    }

    private static Dictionary<string, object?> ToJson(FunctionCallContent call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new Dictionary<string, object?> { ["name"] = call.Name, ["arguments"] = AnyJson.ToText(call.Arguments) },
    };

    private static object ToPart(AIContent content) => content switch
    {
        TextContent text => new Dictionary<string, object?> { ["type"] = "text", ["text"] = text.Text },
        TextReasoningContent reasoning => new Dictionary<string, object?> { ["type"] = "reasoning", ["text"] = reasoning.Text },
        DataContent data when data.HasTopLevelMediaType("image") => Image(data.Uri),
        UriContent uri when uri.HasTopLevelMediaType("image") => Image(uri.Uri.ToString()),
        DataContent data => new Dictionary<string, object?> { ["type"] = "file", ["media_type"] = data.MediaType, ["data"] = data.Base64Data.ToString() },
        UriContent uri => new Dictionary<string, object?> { ["type"] = "file", ["media_type"] = uri.MediaType, ["url"] = uri.Uri.ToString() },
        HostedFileContent file => new Dictionary<string, object?> { ["type"] = "file", ["file_id"] = file.FileId },
        ErrorContent error => new Dictionary<string, object?> { ["type"] = "error", ["code"] = error.ErrorCode, ["message"] = error.Message },
        _ => AnyJson.ToElement(content),
    };

    private static Dictionary<string, object?> Image(string url) =>
        new() { ["type"] = "image_url", ["image_url"] = new Dictionary<string, object?> { ["url"] = url } };
}
