using System.Buffers.Binary;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Which run a span is.</summary>
/// <param name="RunId">The id that the span's own attribute gives in full, else the span id behind eight zero bytes.</param>
/// <param name="TraceId">The id from the attribute, else the OTLP trace id as a UUID: it is known to every span, a root run's id is not.</param>
/// <param name="ParentRunId">The parent's run id; null for a root.</param>
/// <param name="DottedOrder">As given; null leaves it to the server.</param>
internal sealed record SpanIdentity(Guid RunId, Guid TraceId, Guid? ParentRunId, string? DottedOrder)
{
    public static SpanIdentity Of(OtlpSpan span, SpanAttributes attributes) => new(
        Given(attributes, "langsmith.span.id") ?? FromSpanId(span.SpanId),
        Given(attributes, "langsmith.trace.id") ?? span.TraceId,
        Given(attributes, "langsmith.span.parent_id") ?? (span.ParentSpanId == 0 ? null : FromSpanId(span.ParentSpanId)),
        attributes.TakeText("langsmith.span.dotted_order"));

    /// <summary>The run id of a span that carries none: LangSmith's <c>00000000-0000-0000-XXXX-XXXXXXXXXXXX</c>.</summary>
    public static Guid FromSpanId(ulong spanId)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], spanId);
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid? Given(SpanAttributes attributes, string name) =>
        attributes.TakeText(name) is { } text && LangSmith.RunId.TryParse(text, out var id) && id != Guid.Empty ? id : null;
}
