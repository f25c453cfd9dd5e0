using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes what a request asks of the model, beside its messages.</summary>
internal static class ChatOptionsJson
{
    // What wrapOpenAI of langsmith 0.12.0 tells of a request (2026-11). Other additional properties may be anything, secrets too.
    private static readonly string[] s_toldProperties =
    [
        "logit_bias", "logprobs", "modalities", "n", "prediction", "prompt_cache_key", "reasoning_effort", "service_tier", "stream_options",
        "top_logprobs", "truncation", "user", "verbosity", "web_search_options",
    ];

    /// <summary>The tools as model APIs list them; null when there are none.</summary>
    public static List<object?>? Tools(ChatOptions? options) =>
        options?.Tools is not { Count: > 0 } tools
            ? null
            : [.. tools.Select(tool => tool is AIFunctionDeclaration function
                ? new Dictionary<string, object?>
                {
                    ["type"] = "function",
                    ["function"] = new Dictionary<string, object?>
                    {
                        ["name"] = function.Name,
                        ["description"] = function.Description,
                        ["parameters"] = function.JsonSchema,
                    },
                }
                : new Dictionary<string, object?> { ["type"] = tool.Name })];

    /// <summary>The parameters that have no <c>ls_*</c> metadata of their own; empty when none was given.</summary>
    public static Dictionary<string, object?> OtherParameters(ChatOptions? options)
    {
        var json = new Dictionary<string, object?>();
        if (options is null)
        {
            return json;
        }

        foreach (var name in s_toldProperties)
        {
            Set(json, name, options.AdditionalProperties?.GetValueOrDefault(name));
        }

        Set(json, "top_p", options.TopP);
        Set(json, "top_k", options.TopK);
        Set(json, "frequency_penalty", options.FrequencyPenalty);
        Set(json, "presence_penalty", options.PresencePenalty);
        Set(json, "seed", options.Seed);
        Set(json, "parallel_tool_calls", options.AllowMultipleToolCalls);
        Set(json, "reasoning_effort", Effort(options.Reasoning?.Effort));
        Set(json, "response_format", ResponseFormat(options.ResponseFormat));
        Set(json, "tool_choice", ToolChoice(options.ToolMode));
        return json;
    }

    private static string? Effort(ReasoningEffort? effort) => effort switch
    {
        null => null,
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => effort.ToString()!.ToLowerInvariant(),
    };

    private static Dictionary<string, object?>? ResponseFormat(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => new()
        {
            ["type"] = "json_schema",
            ["json_schema"] = new Dictionary<string, object?> { ["name"] = json.SchemaName, ["schema"] = schema },
        },
        ChatResponseFormatJson => new() { ["type"] = "json_object" },
        ChatResponseFormatText => new() { ["type"] = "text" },
        _ => null,
    };

    private static object? ToolChoice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => "none",
        RequiredChatToolMode { RequiredFunctionName: { } name } => new Dictionary<string, object?>
        {
            ["type"] = "function",
            ["function"] = new Dictionary<string, object?> { ["name"] = name },
        },
        RequiredChatToolMode => "required",
        AutoChatToolMode => "auto",
        _ => null,
    };

    private static void Set(Dictionary<string, object?> json, string name, object? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
