using System.Text.Json.Nodes;
using LangSmith.Protocol;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Makes runs of spans: gen_ai semantic conventions, <c>langsmith.*</c>, OpenInference, Traceloop, the Vercel AI SDK.</summary>
/// <remarks>
/// Rules and their order: LangSmith's OTLP mapping as its collector proxy and JavaScript exporter implement it (2025-07, 2026-11), extended
/// by newer semantic conventions. An earlier hit is never overridden by a later rule; what no rule takes stays in the metadata.
/// </remarks>
internal static class SpanConversion
{
    public static SpanRun ToRun(OtlpSpan span)
    {
        var attributes = new SpanAttributes(span.Attributes);
        var metadata = new JsonObject();
        var parameters = new JsonObject();
        var identity = SpanIdentity.Of(span, attributes);
        var runType = SpanRunType.Of(attributes, span.Name);
        SpanMetadata.ReadGiven(span, attributes, metadata);
        SpanModel.Read(attributes, metadata, parameters);
        var inputs = SpanContent.Inputs(attributes, span.Events, runType);
        var outputs = SpanContent.Outputs(attributes, span.Events);
        if (SpanUsage.Of(attributes) is { } usage)
        {
            (outputs ??= [])["usage_metadata"] = usage;
        }

        var run = new SpanRun
        {
            Identity = identity,
            Name = Name(span, attributes, runType),
            RunType = runType,
            StartTime = span.StartTime,
            EndTime = span.EndTime,
            Error = SpanFailure.Of(span),
            ProjectId = Id(attributes.TakeText("langsmith.trace.session_id")),
            ProjectName = attributes.TakeText("langsmith.trace.session_name") ?? Project(metadata),
            ReferenceExampleId = Id(attributes.TakeText("langsmith.reference_example_id")),
            Tags = Tags(attributes),
            Inputs = inputs,
            Outputs = outputs,
            Extra = new JsonObject { ["metadata"] = metadata, ["runtime"] = new JsonObject { ["library"] = "otel" } },
            Events = Events(span.Events),
            Attachments = OtlpValue.Unfold(attributes.Take("langsmith.attachments")) as JsonArray,
        };
        if (parameters.Count > 0)
        {
            run.Extra["invocation_params"] = parameters;
        }

        SpanMetadata.ReadRest(span, attributes, metadata);
        return run;
    }

    private static string Name(OtlpSpan span, SpanAttributes attributes, string runType)
    {
        var tool = runType == RunTypes.Tool ? attributes.TakeText("tool.name") : null;
        var name = attributes.TakeText("langsmith.trace.name") ?? attributes.TakeText("traceloop.entity.name") ?? tool ?? span.Name;
        return name.Length > 0 ? name : "span";
    }

    private static string? Project(JsonObject metadata)
    {
        var name = OtlpValue.Text(metadata["ls_project_name"]);
        metadata.Remove("ls_project_name");
        return name;
    }

    private static Guid? Id(string? text) => RunId.TryParse(text, out var id) && id != Guid.Empty ? id : null;

    private static string[]? Tags(SpanAttributes attributes) =>
        attributes.Take("langsmith.span.tags") switch
        {
            JsonArray list => [.. list.Select(OtlpValue.Text).OfType<string>()],
            { } text => text.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            null => null,
        };

    private static JsonArray? Events(IReadOnlyList<OtlpEvent> events) =>
        events.Count == 0
            ? null
            : new JsonArray([.. events.Select(e => new JsonObject
            {
                ["name"] = e.Name,
                ["time"] = e.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
                ["kwargs"] = new JsonObject(e.Attributes.Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone()))),
            })]);
}
