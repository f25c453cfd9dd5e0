using System.Globalization;
using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes runs as the v1 <c>RunSchema</c>.</summary>
internal sealed class RunJson(RunLinks links, RunSelection selection, RunMarks? marks = null)
{
    public void Write(Utf8JsonWriter writer, ReadRun run)
    {
        writer.WriteStartObject();
        WriteFields(writer, run);
        writer.WriteEndObject();
    }

    /// <summary>Writes the fields into an object that others add to.</summary>
    public void WriteFields(Utf8JsonWriter writer, ReadRun read)
    {
        var run = read.Record;
        WritePlace(writer, run);
        WriteState(writer, run);
        WritePayloads(writer, run);
        WriteUsage(writer, read.Usage);
        writer.WriteTime("first_token_time", read.FirstTokenTime);
        WriteDatasets(writer, read);
        if (selection.Has("feedback_stats"))
        {
            FeedbackJson.WriteStats(writer, "feedback_stats", read.Feedback);
        }

        if (selection.Has("s3_urls"))
        {
            WriteAttachments(writer, run);
        }

        WriteMarks(writer, run.Id);
        WriteMembers(writer, read.Members);
        WriteFixed(writer, run);
    }

    /// <summary>What typed clients insist on is written whether selected or not.</summary>
    private void WritePlace(Utf8JsonWriter writer, RunRecord run)
    {
        writer.WriteString(RunField.Id, run.Id);
        writer.WriteString(RunField.Name, run.Name);
        writer.WriteString(RunField.RunType, run.RunType);
        writer.WriteTime(RunField.StartTime, run.StartTime);
        writer.WriteString(RunField.TraceId, run.TraceId);
        writer.WriteString(RunField.DottedOrder, run.DottedOrder);
        writer.WriteString(RunField.Status, StatusText(run.Status));
        writer.WriteString(RunField.SessionId, run.ProjectId);
        writer.WriteString("app_path", RunLinks.AppPath(run));
        writer.WriteId(RunField.ParentRunId, run.ParentRunId);
        if (selection.Has("parent_run_ids"))
        {
            IEnumerable<Guid> parents = DottedOrder.TryParse(run.DottedOrder, out var path) ? path.SkipLast(1).Select(s => s.RunId) : [];
            writer.WriteIds("parent_run_ids", parents);
        }
    }

    private void WriteState(Utf8JsonWriter writer, RunRecord run)
    {
        writer.WriteTime(RunField.EndTime, run.EndTime);
        if (selection.Has(RunField.Error))
        {
            writer.WriteString(RunField.Error, run.Error);
        }

        if (selection.Has(RunField.Tags))
        {
            writer.WriteTexts(RunField.Tags, run.Tags);
        }

        writer.WriteId(RunField.ReferenceExampleId, run.ReferenceExampleId);
        writer.WriteString("thread_id", run.ThreadId);
        writer.WriteTime("trace_first_received_at", run.FirstReceivedAt);
        writer.WriteTime("inserted_at", run.FirstReceivedAt);
        writer.WriteNumber("latency", (run.EndTime - run.StartTime)?.TotalSeconds);
        writer.WriteNumber("attempts", run.Attempts);
    }

    private void WritePayloads(Utf8JsonWriter writer, RunRecord run)
    {
        WriteSelected(writer, RunField.Inputs, run.Inputs);
        WriteSelected(writer, RunField.Outputs, run.Outputs);
        WriteSelected(writer, RunField.Extra, run.Extra);
        WriteSelected(writer, RunField.Events, run.Events);
        WriteSelected(writer, RunField.Serialized, run.Serialized);
        if (selection.Has("inputs_preview"))
        {
            writer.WriteString("inputs_preview", run.InputsPreview);
        }

        if (selection.Has("outputs_preview"))
        {
            writer.WriteString("outputs_preview", run.OutputsPreview);
        }
    }

    private void WriteSelected(Utf8JsonWriter writer, string field, ReadOnlyMemory<byte> json)
    {
        if (selection.Has(field))
        {
            writer.WriteJson(field, json);
        }
    }

    private static void WriteUsage(Utf8JsonWriter writer, RunUsage usage)
    {
        writer.WriteNumber("prompt_tokens", usage.PromptTokens ?? 0);
        writer.WriteNumber("completion_tokens", usage.CompletionTokens ?? 0);
        writer.WriteNumber("total_tokens", usage.TotalTokens ?? 0);
        writer.WriteJson("prompt_token_details", usage.PromptTokenDetails);
        writer.WriteJson("completion_token_details", usage.CompletionTokenDetails);
        writer.WriteNumber("prompt_cost", usage.PromptCost);
        writer.WriteNumber("completion_cost", usage.CompletionCost);
        writer.WriteNumber("total_cost", usage.TotalCost);
        writer.WriteJson("prompt_cost_details", usage.PromptCostDetails);
        writer.WriteJson("completion_cost_details", usage.CompletionCostDetails);
        writer.WriteId("price_model_id", usage.PriceId);
    }

    private static void WriteDatasets(Utf8JsonWriter writer, ReadRun run)
    {
        writer.WriteId("reference_dataset_id", run.ReferenceDatasetId);
        if (run.InDataset is { } inDataset)
        {
            writer.WriteBoolean("in_dataset", inDataset);
        }
        else
        {
            writer.WriteNull("in_dataset");
        }
    }

    private void WriteAttachments(Utf8JsonWriter writer, RunRecord run)
    {
        if (run.Attachments.Count == 0)
        {
            writer.WriteNull("s3_urls");
            return;
        }

        writer.WriteStartObject("s3_urls");
        foreach (var attachment in run.Attachments)
        {
            writer.WriteStartObject($"attachment.{attachment.Name}");
            writer.WriteString("presigned_url", links.Attachment(attachment));
            writer.WriteString("mime_type", attachment.MimeType);
            writer.WriteString("size_in_bytes", attachment.SizeBytes.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteMarks(Utf8JsonWriter writer, Guid run)
    {
        writer.WriteId("share_token", marks?.ShareOf(run));
        writer.WriteTime("last_queued_at", marks?.QueuedAt(run));
    }

    /// <summary>Null unless they are selected by name.</summary>
    private void WriteMembers(Utf8JsonWriter writer, TraceMembers? members)
    {
        WriteIds("child_run_ids", members?.Descendants);
        WriteIds("direct_child_run_ids", members?.Children);
        var hasSpan = selection.Names("trace_min_max_start_time");
        writer.WriteTime("trace_min_start_time", hasSpan || selection.Names("trace_min_start_time") ? members?.FirstStart : null);
        writer.WriteTime("trace_max_start_time", hasSpan || selection.Names("trace_max_start_time") ? members?.LastStart : null);

        void WriteIds(string field, IReadOnlyList<Guid>? ids)
        {
            if (ids is null || !selection.Names(field))
            {
                writer.WriteNull(field);
            }
            else
            {
                writer.WriteIds(field, ids);
            }
        }
    }

    /// <summary>Fields of hosted LangSmith that have one value here.</summary>
    private static void WriteFixed(Utf8JsonWriter writer, RunRecord run)
    {
        writer.WriteNumber("execution_order", 1);
        writer.WriteNull("inputs_s3_urls");
        writer.WriteNull("outputs_s3_urls");
        writer.WriteNull("manifest_id");
        writer.WriteString("trace_tier", "longlived");
        writer.WriteBoolean("is_root", run.IsRoot);
    }

    public static string StatusText(RunStatus status) => status switch
    {
        RunStatus.Pending => "pending",
        RunStatus.Success => "success",
        _ => "error",
    };
}
