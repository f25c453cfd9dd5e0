using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Messages that libraries send as span events instead of attributes.</summary>
internal static class SpanMessages
{
    private const string Details = "gen_ai.client.inference.operation.details";

    public static JsonArray? Inputs(IReadOnlyList<OtlpEvent> events) =>
        Listed(events, "gen_ai.input.messages")
        ?? Collect(events, e => e.Name switch
        {
            "gen_ai.system.message" => "system",
            "gen_ai.user.message" => "user",
            "gen_ai.assistant.message" => "assistant",
            "gen_ai.tool.message" => "tool",
            _ => null,
        });

    public static JsonArray? Outputs(IReadOnlyList<OtlpEvent> events) =>
        Listed(events, "gen_ai.output.messages")
        ?? Collect(events, e => e.Name == "gen_ai.choice" ? "assistant" : null);

    /// <summary>The text of an event of a given name.</summary>
    public static JsonNode? Content(IReadOnlyList<OtlpEvent> events, string eventName, string attribute) =>
        events.FirstOrDefault(e => e.Name == eventName)?.Attributes.GetValueOrDefault(attribute);

    private static JsonArray? Listed(IReadOnlyList<OtlpEvent> events, string attribute) =>
        OtlpValue.Unfold(Content(events, Details, attribute)) as JsonArray;

    private static JsonArray? Collect(IReadOnlyList<OtlpEvent> events, Func<OtlpEvent, string?> roleOf)
    {
        var messages = new JsonArray();
        foreach (var e in events)
        {
            if (roleOf(e) is { } role)
            {
                messages.Add(Message(e, role));
            }
        }

        return messages.Count == 0 ? null : messages;
    }

    private static JsonObject Message(OtlpEvent e, string role)
    {
        var attributes = new SpanAttributes(e.Attributes);
        var message = OtlpValue.Unfold(attributes.Take("gen_ai.event.content", "message")) as JsonObject ?? [];
        foreach (var (name, value) in attributes.TakeBelow("message."))
        {
            message.TryAdd(name, OtlpValue.Unfold(value));
        }

        if (IndexedAttributes.Nest(attributes.TakeBelow("tool_calls.")) is { } calls)
        {
            message.TryAdd("tool_calls", calls);
        }

        foreach (var (name, value) in attributes.Rest().Where(rest => !rest.Key.StartsWith("gen_ai.", StringComparison.Ordinal)))
        {
            message.TryAdd(name, OtlpValue.Unfold(value));
        }

        message.TryAdd("role", role);
        return message;
    }
}
