using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>What a span says as a run, before it becomes a write.</summary>
internal sealed record SpanRun
{
    public required SpanIdentity Identity { get; init; }

    public required string Name { get; init; }

    public required string RunType { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string? Error { get; init; }

    public Guid? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public Guid? ReferenceExampleId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public JsonObject? Inputs { get; init; }

    public JsonObject? Outputs { get; init; }

    public required JsonObject Extra { get; init; }

    public JsonArray? Events { get; init; }

    /// <summary>A list of <c>{name, content (base64), mime_type}</c>; null when there is none.</summary>
    public JsonArray? Attachments { get; init; }
}
