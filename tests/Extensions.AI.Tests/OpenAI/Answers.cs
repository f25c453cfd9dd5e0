using System.Text.Json.Nodes;

namespace Extensions.AI.Tests.OpenAI;

/// <summary>What the peer answers; the chat answers are those that the recordings of <c>wrapOpenAI</c> were made with.</summary>
internal static class Answers
{
    private const string Usage =
        """{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":2,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":1,"audio_tokens":0}}""";

    private const string ResponseUsage =
        """{"input_tokens":9,"input_tokens_details":{"cached_tokens":2},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":1},"total_tokens":12}""";

    private const string Message = """{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hello!","annotations":[]}]}""";

    /// <summary>The chunks of a streamed chat completion: five tokens, the end, the usage.</summary>
    public static IReadOnlyList<string> ChatChunks { get; } =
    [
        .. from token in (string[])["H", "e", "l", "l", "o"] select Chunk($$"""{"role":"assistant","content":"{{token}}"}""", "null"),
        Chunk("{}", "\"stop\""),
        """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""",
    ];

    /// <summary>The events of a streamed response.</summary>
    public static IReadOnlyList<string> ResponseEvents { get; } =
    [
        $$"""{"type":"response.created","sequence_number":0,"response":{{Response("in_progress", "", "null")}}}""",
        """{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}}""",
        """{"type":"response.output_text.delta","sequence_number":2,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hel"}""",
        """{"type":"response.output_text.delta","sequence_number":3,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"lo!"}""",
        $$"""{"type":"response.output_item.done","sequence_number":4,"output_index":0,"item":{{Message}}}""",
        $$"""{"type":"response.completed","sequence_number":5,"response":{{Response("completed", Message, ResponseUsage)}}}""",
    ];

    /// <summary>Answers a chat: with a tool call when tools are offered and none was used, with an error when asked to.</summary>
    public static string Chat(JsonNode request)
    {
        var messages = request["messages"]!.AsArray();
        return messages[^1]!["content"]?.ToJsonString().Contains("fail", StringComparison.Ordinal) is true
            ? """{"error":{"message":"You asked me to fail.","type":"invalid_request_error","code":"asked"}}"""
            : request["tools"] is not null && (string?)messages[^1]!["role"] != "tool"
            ? Completion("""{"role":"assistant","content":null,"tool_calls":[{"id":"call-1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Paris\"}"}}]}""", "tool_calls")
            : Completion("""{"role":"assistant","content":"Hello!","refusal":null}""", "stop");
    }

    public static string Response(JsonNode request) => Response("completed", Message, ResponseUsage);

    private static string Completion(string message, string reason) =>
        $$"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp",
         "choices":[{"index":0,"message":{{message}},"logprobs":null,"finish_reason":"{{reason}}"}],"usage":{{Usage}}}
        """;

    private static string Chunk(string delta, string reason) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{reason}}}]}""";

    private static string Response(string status, string output, string usage) =>
        $$"""{"id":"resp_1","object":"response","created_at":1700000000,"status":"{{status}}","error":null,"model":"gpt-4o-mini-2024-07-18","output":[{{output}}],"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"usage":{{usage}}}""";
}
