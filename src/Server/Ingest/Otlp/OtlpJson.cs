using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Domain.Texts;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Reads <c>ExportTraceServiceRequest</c> from OTLP's JSON encoding: lowerCamelCase names, ids in hex, 64-bit numbers as texts or numbers.</summary>
internal static class OtlpJson
{
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <summary>Reads all spans.</summary>
    /// <exception cref="JsonException">The bytes are no such message.</exception>
    public static List<OtlpSpan> ReadSpans(ReadOnlyMemory<byte> body)
    {
        var spans = new List<OtlpSpan>();
        var root = JsonNode.Parse(SurrogatePairs.Mend(body).Span, documentOptions: s_reading) as JsonObject
            ?? throw new JsonException("The body is no JSON object.");
        foreach (var resourceSpans in Objects(root["resourceSpans"]))
        {
            var resource = Attributes((resourceSpans["resource"] as JsonObject)?["attributes"]);
            foreach (var scopeSpans in Objects(resourceSpans["scopeSpans"]))
            {
                var scope = OtlpValue.Text((scopeSpans["scope"] as JsonObject)?["name"]) ?? "";
                spans.AddRange(Objects(scopeSpans["spans"]).Select(span => ReadSpan(span) with { Resource = resource, Scope = scope }));
            }
        }

        return spans;
    }

    private static OtlpSpan ReadSpan(JsonObject span) => new()
    {
        TraceId = Guid.TryParseExact(OtlpValue.Text(span["traceId"]), "N", out var traceId) ? traceId : Guid.Empty,
        SpanId = SpanId(span["spanId"]),
        ParentSpanId = SpanId(span["parentSpanId"]),
        Name = OtlpValue.Text(span["name"]) ?? "",
        StartTime = Time(span["startTimeUnixNano"]) ?? DateTimeOffset.UnixEpoch,
        EndTime = Time(span["endTimeUnixNano"]),
        IsError = span["status"] is JsonObject status
            && (OtlpValue.Integer(status["code"]) == 2 || OtlpValue.Text(status["code"]) == "STATUS_CODE_ERROR"),
        StatusMessage = OtlpValue.Text((span["status"] as JsonObject)?["message"]) ?? "",
        Attributes = Attributes(span["attributes"]),
        Events = [.. Objects(span["events"]).Select(e => new OtlpEvent(
            OtlpValue.Text(e["name"]) ?? "", Time(e["timeUnixNano"]) ?? DateTimeOffset.UnixEpoch, Attributes(e["attributes"])))],
    };

    private static Dictionary<string, JsonNode?> Attributes(JsonNode? list)
    {
        var attributes = new Dictionary<string, JsonNode?>();
        foreach (var pair in Objects(list))
        {
            attributes[OtlpValue.Text(pair["key"]) ?? ""] = Value(pair["value"] as JsonObject, 0);
        }

        return attributes;
    }

    private static JsonNode? Value(JsonObject? value, int depth)
    {
        if (value is null || depth == OtlpLimits.ValueDepthMax)
        {
            return null;
        }

        var (kind, content) = value.FirstOrDefault(property => property.Value is not null);
        return kind switch
        {
            "intValue" => OtlpValue.Integer(content),
            "arrayValue" => new JsonArray([.. Objects((content as JsonObject)?["values"]).Select(item => Value(item, depth + 1))]),
            "kvlistValue" => new JsonObject(Objects((content as JsonObject)?["values"])
                .Select(item => KeyValuePair.Create(OtlpValue.Text(item["key"]) ?? "", Value(item["value"] as JsonObject, depth + 1)))
                .DistinctBy(pair => pair.Key)),
            null => null,
            _ => content!.DeepClone(),
        };
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray)?.OfType<JsonObject>() ?? [];

    private static DateTimeOffset? Time(JsonNode? node) =>
        node is JsonValue value && (value.TryGetValue<ulong>(out var number) || ulong.TryParse(OtlpValue.Text(node), out number))
            ? OtlpLimits.Time(number)
            : null;

    private static ulong SpanId(JsonNode? node)
    {
        var text = OtlpValue.Text(node);
        return text is { Length: 16 } && ulong.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var id) ? id : 0;
    }
}
