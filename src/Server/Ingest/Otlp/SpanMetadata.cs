using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Metadata of a run from everything a span says beside its content.</summary>
internal static class SpanMetadata
{
    private static readonly string[] s_prefixes =
    [
        "langsmith.metadata.", "traceloop.association.properties.", "ai.telemetry.metadata.",
    ];

    /// <summary>Reads what is meant as metadata.</summary>
    public static void ReadGiven(OtlpSpan span, SpanAttributes attributes, JsonObject metadata)
    {
        metadata["OTEL_TRACE_ID"] = span.TraceId.ToString("N");
        metadata["OTEL_SPAN_ID"] = span.SpanId.ToString("x16");
        foreach (var prefix in s_prefixes)
        {
            foreach (var (name, value) in attributes.TakeBelow(prefix))
            {
                metadata.TryAdd(name, value?.DeepClone());
            }
        }

        if (OtlpValue.Unfold(attributes.Take("metadata")) is JsonObject given)
        {
            foreach (var (name, value) in given)
            {
                metadata.TryAdd(name, value?.DeepClone());
            }
        }

        Rename(attributes, metadata, "session.id", "session_id");
        Rename(attributes, metadata, "gen_ai.conversation.id", "conversation_id");
        Rename(attributes, metadata, "user.id", "user_id");
    }

    /// <summary>Keeps what no rule took, and the process's own attributes, so that nothing is lost.</summary>
    public static void ReadRest(OtlpSpan span, SpanAttributes attributes, JsonObject metadata)
    {
        foreach (var (name, value) in attributes.Rest().Concat(span.Resource))
        {
            metadata.TryAdd(name, value?.DeepClone());
        }

        if (span.Scope.Length > 0)
        {
            metadata.TryAdd("otel.scope.name", span.Scope);
        }
    }

    private static void Rename(SpanAttributes attributes, JsonObject metadata, string from, string to)
    {
        if (attributes.Take(from) is { } value)
        {
            metadata.TryAdd(to, value.DeepClone());
        }
    }
}
