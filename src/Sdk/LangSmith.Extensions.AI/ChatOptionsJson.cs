using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes what a request asks of the model, beside its messages.</summary>
internal static class ChatOptionsJson
{
    /// <summary>The tools as model APIs list them; null when there are none.</summary>
    public static JsonArray? Tools(ChatOptions? options) =>
        options?.Tools is not { Count: > 0 } tools
            ? null
            : new JsonArray([.. tools.Select(tool => tool is AIFunctionDeclaration function
                ? new JsonObject
                {
                    ["type"] = "function",
                    ["function"] = new JsonObject
                    {
                        ["name"] = function.Name,
                        ["description"] = function.Description,
                        ["parameters"] = JsonNode.Parse(function.JsonSchema.GetRawText()),
                    },
                }
                : new JsonObject { ["type"] = tool.Name })]);

    /// <summary>The parameters as <c>extra.invocation_params</c>; empty when none was given.</summary>
    public static JsonObject Parameters(ChatOptions? options, string? model)
    {
        var json = new JsonObject();
        Set(json, "model", model);
        Set(json, "temperature", options?.Temperature);
        Set(json, "max_tokens", options?.MaxOutputTokens);
        Set(json, "top_p", options?.TopP);
        Set(json, "top_k", options?.TopK);
        Set(json, "frequency_penalty", options?.FrequencyPenalty);
        Set(json, "presence_penalty", options?.PresencePenalty);
        Set(json, "seed", options?.Seed);
        Set(json, "stop", Stop(options));
        Set(json, "response_format", options?.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: not null } => "json_schema",
            ChatResponseFormatJson => "json_object",
            ChatResponseFormatText => "text",
            _ => null,
        });
        Set(json, "tool_choice", options?.ToolMode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: { } name } => name,
            RequiredChatToolMode => "required",
            AutoChatToolMode => "auto",
            _ => null,
        });
        return json;
    }

    public static JsonArray? Stop(ChatOptions? options) =>
        options?.StopSequences is { Count: > 0 } stop ? new JsonArray([.. stop.Select(text => JsonValue.Create(text))]) : null;

    private static void Set(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
