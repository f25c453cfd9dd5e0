using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Runs;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Reads OTLP bodies as drafts of runs, so that spans take the same way in as runs do.</summary>
internal static class SpanDrafts
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The body, decoded.</param>
    /// <param name="isJson">OTLP's JSON encoding instead of protobuf.</param>
    /// <param name="projectName">The project of spans that name none themselves; null leaves it to the server.</param>
    /// <param name="limits">How many spans a body may hold.</param>
    /// <exception cref="MalformedBodyException">The body is no <c>ExportTraceServiceRequest</c>.</exception>
    /// <exception cref="BodyLimitException">It holds too many spans.</exception>
    public static BodyDrafts Read(ReadOnlyMemory<byte> body, bool isJson, string? projectName, IngestLimits limits)
    {
        var spans = ReadSpans(body, isJson);
        if (spans.Count > limits.OperationsMax)
        {
            throw new BodyLimitException(
                $"The body has {spans.Count:N0} spans; the limit OperationsMax is {limits.OperationsMax:N0}. Send smaller batches.");
        }

        var refusals = new List<Refusal>();
        var drafts = new List<RunDraft>(spans.Count);
        for (var index = 0; index < spans.Count; index++)
        {
            var where = $"spans[{index}]";
            if (spans[index].SpanId == 0 || spans[index].TraceId == Guid.Empty)
            {
                refusals.Add(new Refusal(where, "Its trace id or span id is missing or zero."));
                continue;
            }

            drafts.Add(ToDraft(SpanConversion.ToRun(spans[index]), where, projectName));
        }

        return new BodyDrafts(drafts, [], refusals);
    }

    private static List<OtlpSpan> ReadSpans(ReadOnlyMemory<byte> body, bool isJson)
    {
        try
        {
            return isJson ? OtlpJson.ReadSpans(body) : OtlpProtobuf.ReadSpans(body.ToArray());
        }
        catch (Exception exception) when (exception is JsonException or InvalidProtocolBufferException)
        {
            throw new MalformedBodyException($"The body is no ExportTraceServiceRequest in {(isJson ? "JSON" : "protobuf")}.");
        }
    }

    private static RunDraft ToDraft(SpanRun run, string where, string? projectName)
    {
        var json = new JsonObject
        {
            [RunField.TraceId] = run.Identity.TraceId.ToString(),
            [RunField.ParentRunId] = run.Identity.ParentRunId?.ToString(),
            [RunField.DottedOrder] = run.Identity.DottedOrder,
            [RunField.Name] = run.Name,
            [RunField.RunType] = run.RunType,
            [RunField.StartTime] = run.StartTime,
            [RunField.EndTime] = run.EndTime,
            [RunField.Error] = run.Error,
            [RunField.SessionId] = run.ProjectId?.ToString(),
            [RunField.SessionName] = run.ProjectName ?? projectName,
            [RunField.ReferenceExampleId] = run.ReferenceExampleId?.ToString(),
            [RunField.Tags] = run.Tags is null ? null : new JsonArray([.. run.Tags.Select(tag => JsonValue.Create(tag))]),
            [RunField.Inputs] = run.Inputs,
            [RunField.Outputs] = run.Outputs,
            [RunField.Extra] = run.Extra,
            [RunField.Events] = run.Events,
            [RunField.Attachments] = Attachments(run.Attachments),
        };
        var draft = new RunDraft(RunWriteKind.Post, run.Identity.RunId.ToString(), where);
        using var document = JsonSerializer.SerializeToDocument(json);
        draft.TakeMain(document.RootElement);
        return draft;
    }

    /// <summary>The form in which runs carry files in their JSON: <c>{name: [type, base64]}</c>.</summary>
    private static JsonObject? Attachments(JsonArray? list)
    {
        if (list is null)
        {
            return null;
        }

        var attachments = new JsonObject();
        foreach (var item in list.OfType<JsonObject>())
        {
            if (OtlpValue.Text(item["name"]) is { } name)
            {
                attachments[name] = new JsonArray(
                    OtlpValue.Text(item["mime_type"]) ?? "application/octet-stream", OtlpValue.Text(item["content"]) ?? "");
            }
        }

        return attachments;
    }
}
