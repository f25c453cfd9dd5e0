using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes runs as v2 does: only what is selected, enumerations in upper case.</summary>
internal sealed class RunJsonV2(RunLinks links, RunSelectionV2 selection, RunMarks? marks = null)
{
    public void Write(Utf8JsonWriter writer, ReadRun run)
    {
        writer.WriteStartObject();
        WriteFields(writer, run);
        writer.WriteEndObject();
    }

    /// <summary>Writes the selected fields into an object that others add to.</summary>
    public void WriteFields(Utf8JsonWriter writer, ReadRun run)
    {
        foreach (var field in selection.Fields)
        {
            WriteField(writer, field, run);
        }
    }

    private void WriteField(Utf8JsonWriter writer, string field, ReadRun run)
    {
        var record = run.Record;
        switch (field)
        {
            case "id" or "trace_id" or "project_id":
                writer.WriteString(field, field switch { "id" => record.Id, "trace_id" => record.TraceId, _ => record.ProjectId });
                break;
            case "name" or "dotted_order" or "thread_id" or "inputs_preview" or "outputs_preview" or "error" or "error_preview"
                or "run_type" or "status" or "app_path":
                writer.WriteString(field, Text(field, record));
                break;
            case "share_url":
                writer.WriteString(field, marks?.ShareOf(record.Id) is { } token ? links.Shared(token) : null);
                break;
            case "start_time" or "end_time" or "first_token_time":
                writer.WriteTime(field, field switch { "start_time" => record.StartTime, "end_time" => record.EndTime, _ => run.FirstTokenTime });
                break;
            case "last_queued_at":
                writer.WriteTime(field, marks?.QueuedAt(record.Id));
                break;
            case "latency_seconds":
                writer.WriteNumber(field, (record.EndTime - record.StartTime)?.TotalSeconds);
                break;
            case "is_root":
                writer.WriteBoolean(field, record.IsRoot);
                break;
            case "is_in_dataset":
                writer.WriteBoolean(field, run.InDataset == true);
                break;
            case "tags":
                writer.WriteTexts(field, record.Tags);
                break;
            case "parent_run_ids":
                writer.WriteIds(field, DottedOrder.TryParse(record.DottedOrder, out var path) ? path.SkipLast(1).Select(s => s.RunId) : []);
                break;
            case "reference_example_id":
                writer.WriteId(field, record.ReferenceExampleId);
                break;
            case "reference_dataset_id":
                writer.WriteId(field, run.ReferenceDatasetId);
                break;
            case "inputs" or "outputs" or "events" or "extra" or "manifest" or "metadata":
                writer.WriteJson(field, Payload(field, record));
                break;
            case "attachments":
                WriteAttachments(writer, record);
                break;
            case "feedback_stats":
                FeedbackJson.WriteStats(writer, field, run.Feedback ?? []);
                break;
            default:
                WriteUsage(writer, field, run.Usage);
                break;
        }
    }

    private static string? Text(string field, RunRecord record) => field switch
    {
        "name" => record.Name,
        "dotted_order" => record.DottedOrder,
        "thread_id" => record.ThreadId,
        "inputs_preview" => record.InputsPreview,
        "outputs_preview" => record.OutputsPreview,
        "error" => record.Error,
        "error_preview" => record.Error is { Length: > 500 } error ? error[..500] : record.Error,
        "run_type" => record.RunType.ToUpperInvariant(),
        "status" => RunJson.StatusText(record.Status).ToUpperInvariant(),
        _ => RunLinks.AppPath(record),
    };

    private static ReadOnlyMemory<byte> Payload(string field, RunRecord record) => field switch
    {
        "inputs" => record.Inputs,
        "outputs" => record.Outputs,
        "events" => record.Events,
        "extra" => record.Extra,
        "manifest" => record.Serialized,
        _ => Metadata(record.Extra),
    };

    private static ReadOnlyMemory<byte> Metadata(ReadOnlyMemory<byte> extra)
    {
        if (extra.IsEmpty)
        {
            return default;
        }

        using var document = LenientJson.Parse(extra);
        return document.RootElement.TryGetProperty(RunField.Metadata, out var metadata)
            ? System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(metadata).ToArray()
            : default;
    }

    private void WriteAttachments(Utf8JsonWriter writer, RunRecord record)
    {
        writer.WriteStartObject("attachments");
        foreach (var attachment in record.Attachments)
        {
            writer.WriteString(attachment.Name, links.Attachment(attachment));
        }

        writer.WriteEndObject();
    }

    public static void WriteUsage(Utf8JsonWriter writer, string field, RunUsage usage)
    {
        switch (field)
        {
            case "total_tokens" or "prompt_tokens" or "completion_tokens":
                writer.WriteNumber(field, field switch
                {
                    "total_tokens" => usage.TotalTokens,
                    "prompt_tokens" => usage.PromptTokens,
                    _ => usage.CompletionTokens,
                } ?? 0);
                break;
            case "total_cost" or "prompt_cost" or "completion_cost":
                writer.WriteNumber(field, field switch
                {
                    "total_cost" => usage.TotalCost,
                    "prompt_cost" => usage.PromptCost,
                    _ => usage.CompletionCost,
                });
                break;
            case "prompt_token_details" or "completion_token_details" or "prompt_cost_details" or "completion_cost_details":
                writer.WriteStartObject(field);
                writer.WriteJson("raw", field switch
                {
                    "prompt_token_details" => usage.PromptTokenDetails,
                    "completion_token_details" => usage.CompletionTokenDetails,
                    "prompt_cost_details" => usage.PromptCostDetails,
                    _ => usage.CompletionCostDetails,
                });
                writer.WriteEndObject();
                break;
            case "price_model_id":
                writer.WriteId(field, usage.PriceId);
                break;
            default:
                writer.WriteNull(field);
                break;
        }
    }
}
