using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes chat messages in the shape that LangSmith's pages show as a conversation: role, content, tool calls.</summary>
internal static class ChatMessageJson
{
    public static JsonArray ToJson(IEnumerable<ChatMessage> messages)
    {
        var array = new JsonArray();
        foreach (var message in messages)
        {
            Add(array, message);
        }

        return array;
    }

    /// <summary>Adds a message; each tool result in it becomes a message of its own, which is how model APIs list them.</summary>
    private static void Add(JsonArray array, ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            array.Add((JsonNode)new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = result.CallId,
                ["content"] = AnyJson.ToNode(result.Exception is { } exception ? $"{exception.GetType().Name}: {exception.Message}" : result.Result),
            });
        }

        if (message.Contents.Count == 0 || message.Contents.Any(content => content is not FunctionResultContent))
        {
            array.Add((JsonNode)ToJson(message));
        }
    }

    /// <summary>Writes one message without its tool results.</summary>
    public static JsonObject ToJson(ChatMessage message)
    {
        var json = new JsonObject { ["role"] = message.Role.Value };
        if (message.AuthorName is { } author)
        {
            json["name"] = author;
        }

        var calls = new JsonArray();
        var parts = new JsonArray();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case FunctionCallContent call:
                    calls.Add((JsonNode)ToJson(call));
                    break;
                case FunctionResultContent or UsageContent:
                    break;
                default:
                    parts.Add((JsonNode)ToPart(content));
                    break;
            }
        }

        // A single text is the usual case, and the shortest to read.
        json["content"] = parts is [JsonObject only] && only["type"]?.GetValue<string>() == "text" ? only["text"]?.DeepClone()
            : parts.Count == 0 && calls.Count > 0 ? null
            : parts.Count == 0 ? ""
            : parts;
        if (calls.Count > 0)
        {
            json["tool_calls"] = calls;
        }

        return json;
    }

    private static JsonObject ToJson(FunctionCallContent call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = AnyJson.ToText(call.Arguments) },
    };

    private static JsonObject ToPart(AIContent content) => content switch
    {
        TextContent text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
        TextReasoningContent reasoning => new JsonObject { ["type"] = "reasoning", ["text"] = reasoning.Text },
        DataContent data when data.HasTopLevelMediaType("image") => Image(data.Uri),
        UriContent uri when uri.HasTopLevelMediaType("image") => Image(uri.Uri.ToString()),
        DataContent data => new JsonObject { ["type"] = "file", ["media_type"] = data.MediaType, ["data"] = data.Base64Data.ToString() },
        UriContent uri => new JsonObject { ["type"] = "file", ["media_type"] = uri.MediaType, ["url"] = uri.Uri.ToString() },
        HostedFileContent file => new JsonObject { ["type"] = "file", ["file_id"] = file.FileId },
        ErrorContent error => new JsonObject { ["type"] = "error", ["code"] = error.ErrorCode, ["message"] = error.Message },
        _ => new JsonObject { ["type"] = content.GetType().Name },
    };

    private static JsonObject Image(string url) => new() { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = url } };
}
