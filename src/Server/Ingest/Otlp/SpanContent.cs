using System.Text.Json.Nodes;
using LangSmith.Protocol;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Inputs and outputs of a span, from the first convention that carries them.</summary>
internal static class SpanContent
{
    private static readonly string[] s_rawInputs =
    [
        "input.value", "traceloop.entity.input", "gen_ai.prompt", "prompt", "ai.prompt", "ai.toolCall.args", "ai.value", "ai.values",
        "tool_arguments", "gen_ai.tool.call.arguments", "langsmith.inputs",
    ];

    private static readonly string[] s_rawOutputs =
    [
        "output.value", "traceloop.entity.output", "gen_ai.completion", "ai.response.object", "ai.toolCall.result", "all_messages_events",
        "gen_ai.tool.call.result", "langsmith.outputs",
    ];

    public static JsonObject? Inputs(SpanAttributes attributes, IReadOnlyList<OtlpEvent> events, string runType)
    {
        var messages = IndexedAttributes.Nest(attributes.TakeBelow("gen_ai.prompt."))
            ?? IndexedAttributes.Nest(attributes.TakeBelow("llm.input_messages."))
            ?? WithInstructions(attributes)
            ?? OtlpValue.Unfold(attributes.Take("ai.prompt.messages")) as JsonArray
            ?? SpanMessages.Inputs(events);
        if (messages is not null)
        {
            return new JsonObject { ["messages"] = messages };
        }

        if (runType == RunTypes.Retriever && attributes.TakeText("query", "retrieval.query") is { } query)
        {
            return new JsonObject { ["query"] = query };
        }

        var raw = attributes.Take(s_rawInputs) ?? SpanMessages.Content(events, "gen_ai.content.prompt", "gen_ai.prompt");
        return raw is null ? null : OtlpValue.Wrap(raw, "input");
    }

    public static JsonObject? Outputs(SpanAttributes attributes, IReadOnlyList<OtlpEvent> events)
    {
        var messages = IndexedAttributes.Nest(attributes.TakeBelow("gen_ai.completion."))
            ?? IndexedAttributes.Nest(attributes.TakeBelow("llm.output_messages."))
            ?? Messages(attributes, "gen_ai.output.messages")
            ?? SpanMessages.Outputs(events);
        if (messages is not null)
        {
            return new JsonObject { ["messages"] = messages };
        }

        if (IndexedAttributes.Nest(attributes.TakeBelow("retrieval.documents.")) is { } documents)
        {
            return new JsonObject { ["documents"] = new JsonArray([.. documents.OfType<JsonObject>().Select(Document)]) };
        }

        if (attributes.TakeText("ai.response.text") is { } text)
        {
            var answer = new JsonObject { ["role"] = "assistant", ["content"] = text };
            if (OtlpValue.Unfold(attributes.Take("ai.response.toolCalls")) is JsonArray { Count: > 0 } calls)
            {
                answer["tool_calls"] = calls;
            }

            return answer;
        }

        var raw = attributes.Take(s_rawOutputs) ?? attributes.Take("ai.response.toolCalls")
            ?? SpanMessages.Content(events, "gen_ai.content.completion", "gen_ai.completion");
        return raw is null ? null : OtlpValue.Wrap(raw, "output");
    }

    // An event repeats these lists in some libraries; attributes come first.
    private static JsonArray? Messages(SpanAttributes attributes, string name) => OtlpValue.Unfold(attributes.Take(name)) as JsonArray;

    private static JsonArray? WithInstructions(SpanAttributes attributes)
    {
        var messages = Messages(attributes, "gen_ai.input.messages");
        var instructions = OtlpValue.Unfold(attributes.Take("gen_ai.system_instructions"));
        if (instructions is null)
        {
            return messages;
        }

        messages ??= [];
        messages.Insert(0, instructions is JsonArray parts
            ? new JsonObject { ["role"] = "system", ["parts"] = parts }
            : new JsonObject { ["role"] = "system", ["content"] = instructions });
        return messages;
    }

    private static JsonNode Document(JsonObject document)
    {
        var metadata = OtlpValue.Unfold(document["metadata"]) as JsonObject ?? [];
        foreach (var name in (string[])["id", "score"])
        {
            if (document[name] is { } value)
            {
                metadata.TryAdd(name, value.DeepClone());
            }
        }

        return new JsonObject
        {
            ["page_content"] = document["content"]?.DeepClone() ?? "",
            ["metadata"] = metadata,
            ["type"] = "Document",
        };
    }
}
