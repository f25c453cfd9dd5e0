using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Writes examples.</summary>
internal static class ExampleJson
{
    public static void Write(Utf8JsonWriter writer, StoredExample example, RunLinks links)
    {
        writer.WriteStartObject();
        WriteFields(writer, example, links);
        writer.WriteEndObject();
    }

    public static JsonBody List(IReadOnlyList<StoredExample> examples, RunLinks links) => JsonBody.Ok(writer =>
    {
        writer.WriteStartArray();
        foreach (var example in examples)
        {
            Write(writer, example, links);
        }

        writer.WriteEndArray();
    });

    /// <summary>The name under which an example is shown: it has none of its own.</summary>
    public static string Name(StoredExample example) => $"#{example.Id.ToString("N")[^4..]} @ {example.DatasetId}";

    public static void WriteFields(Utf8JsonWriter writer, StoredExample example, RunLinks links)
    {
        writer.WriteString("id", example.Id);
        writer.WriteString("dataset_id", example.DatasetId);
        writer.WriteString("name", Name(example));
        writer.WriteTime("created_at", example.CreatedAt);
        writer.WriteTime("modified_at", example.ModifiedAt);
        writer.WriteJson("inputs", example.Inputs.IsEmpty ? "{}"u8.ToArray() : example.Inputs);
        writer.WriteJson("outputs", example.Outputs);
        writer.WriteId("source_run_id", example.SourceRunId);
        writer.WriteNull("source_session_id");
        writer.WriteNull("source_run_start_time");
        var metadata = example.Metadata.IsEmpty ? [] : JsonNode.Parse(example.Metadata.Span) as JsonObject ?? [];
        metadata["dataset_split"] = new JsonArray([.. example.Splits.Select(split => JsonValue.Create(split))]);
        writer.WritePropertyName("metadata");
        metadata.WriteTo(writer);
        WriteAttachments(writer, example.Attachments, links);
    }

    private static void WriteAttachments(Utf8JsonWriter writer, IReadOnlyList<RunAttachment> attachments, RunLinks links)
    {
        if (attachments.Count == 0)
        {
            writer.WriteNull("attachment_urls");
            return;
        }

        writer.WriteStartObject("attachment_urls");
        foreach (var attachment in attachments)
        {
            writer.WriteStartObject($"attachment.{attachment.Name}");
            writer.WriteString("presigned_url", links.Attachment(attachment));
            writer.WriteString("mime_type", attachment.MimeType);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
