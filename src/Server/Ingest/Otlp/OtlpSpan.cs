using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>A span as OTLP carries it, whichever encoding it came in.</summary>
internal sealed record OtlpSpan
{
    /// <summary>The 16 bytes of the trace id, read as a UUID.</summary>
    public Guid TraceId { get; init; }

    public ulong SpanId { get; init; }

    /// <summary>Zero for a root.</summary>
    public ulong ParentSpanId { get; init; }

    public string Name { get; init; } = "";

    public DateTimeOffset StartTime { get; init; }

    /// <summary>Null when the span carries none.</summary>
    public DateTimeOffset? EndTime { get; init; }

    public bool IsError { get; init; }

    public string StatusMessage { get; init; } = "";

    public IReadOnlyDictionary<string, JsonNode?> Attributes { get; init; } = new Dictionary<string, JsonNode?>();

    public IReadOnlyList<OtlpEvent> Events { get; init; } = [];

    /// <summary>The attributes of the process that made the span.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Resource { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The name of the instrumentation library.</summary>
    public string Scope { get; init; } = "";
}
