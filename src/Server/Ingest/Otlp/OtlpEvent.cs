using System.Text.Json.Nodes;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>An event of a span.</summary>
internal sealed record OtlpEvent(string Name, DateTimeOffset Time, IReadOnlyDictionary<string, JsonNode?> Attributes);
