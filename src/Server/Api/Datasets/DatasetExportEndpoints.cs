using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Datasets as files.</summary>
internal static class DatasetExportEndpoints
{
    private static readonly FrozenDictionary<string, string> s_roles = new Dictionary<string, string>
    {
        ["human"] = "user",
        ["ai"] = "assistant",
        ["system"] = "system",
        ["function"] = "function",
        ["tool"] = "tool",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/datasets/{datasetId}/jsonl", (HttpContext context, string datasetId, IExampleStore examples) =>
            ExportAsync(context, datasetId, "jsonl", "application/jsonl", PrintLines, examples));
        api.MapGet("/datasets/{datasetId}/csv", (HttpContext context, string datasetId, IExampleStore examples) =>
            ExportAsync(context, datasetId, "csv", "text/csv", PrintCsv, examples));
        foreach (var form in (string[])["openai", "openai_ft"])
        {
            api.MapGet($"/datasets/{{datasetId}}/{form}", (HttpContext context, string datasetId, IExampleStore examples) =>
                ExportAsync(context, datasetId, "jsonl", "application/jsonl", PrintChats, examples));
        }
    }

    private static async Task<IResult> ExportAsync(
        HttpContext context, string datasetId, string extension, string type, Func<IReadOnlyList<StoredExample>, string> print, IExampleStore examples)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var query = new ExampleQuery
        {
            Workspace = context.Workspace(),
            DatasetId = dataset.Id,
            AsOf = await DatasetVersions.TimeAsync(context, dataset.Id, new RequestValues(context.Request).Text("as_of")),
            Limit = int.MaxValue,
        };
        var found = await examples.ListAsync(query, context.RequestAborted);
        return Results.File(Encoding.UTF8.GetBytes(print(found)), type, FileName(dataset, extension));
    }

    private static string FileName(Document dataset, string extension) => $"{dataset.Name}.{extension}";

    private static string PrintLines(IReadOnlyList<StoredExample> examples) => Lines(examples.Select(example => new JsonObject
    {
        ["id"] = example.Id.ToString(),
        ["created_at"] = WireWriting.Text(example.CreatedAt),
        ["inputs"] = Node(example.Inputs),
        ["outputs"] = Node(example.Outputs),
        ["metadata"] = Node(example.Metadata),
    }));

    /// <summary>One line a conversation: the messages of the inputs, then those of the outputs.</summary>
    private static string PrintChats(IReadOnlyList<StoredExample> examples) => Lines(examples.Select(example =>
    {
        var messages = new JsonArray();
        Append(messages, Node(example.Inputs), "user");
        Append(messages, Node(example.Outputs), "assistant");
        return new JsonObject { ["messages"] = messages };
    }));

    private static void Append(JsonArray messages, JsonObject? content, string role)
    {
        if (content is null)
        {
            return;
        }

        var found = (content["messages"] ?? content["input"]) as JsonArray;
        found ??= content["output"] is JsonObject one ? [one.DeepClone()] : null;
        if (found is null)
        {
            // No conversation: the whole content is what was said.
            var text = content is { Count: 1 } && content.First().Value is JsonValue value ? value.ToString() : content.ToJsonString();
            messages.Add(new JsonObject { ["role"] = role, ["content"] = text });
            return;
        }

        foreach (var message in found)
        {
            messages.Add(AsChat(message, role));
        }
    }

    /// <summary>A message of LangChain's stored form as one of a chat; any other stays as it is.</summary>
    private static JsonNode? AsChat(JsonNode? message, string role)
    {
        if (message is not JsonObject stored || stored["data"] is not JsonObject data || (string?)stored["type"] is not { } type)
        {
            return message?.DeepClone();
        }

        var chat = new JsonObject { ["role"] = s_roles.GetValueOrDefault(type) ?? (string?)data["role"] ?? role, ["content"] = data["content"]?.DeepClone() };
        foreach (var (name, value) in data["additional_kwargs"] as JsonObject ?? [])
        {
            chat[name] = value?.DeepClone();
        }

        return chat;
    }

    private static string PrintCsv(IReadOnlyList<StoredExample> examples)
    {
        var rows = examples.Select(example => (Inputs: Node(example.Inputs), Outputs: Node(example.Outputs))).ToList();
        string[] inputs = [.. rows.SelectMany(row => Keys(row.Inputs)).Distinct(StringComparer.Ordinal)];
        string[] outputs = [.. rows.SelectMany(row => Keys(row.Outputs)).Distinct(StringComparer.Ordinal)];
        var csv = new StringBuilder();
        AppendRow(csv, inputs.Select(key => $"inputs.{key}").Concat(outputs.Select(key => $"outputs.{key}")));
        foreach (var (input, output) in rows)
        {
            AppendRow(csv, inputs.Select(key => Cell(input?[key])).Concat(outputs.Select(key => Cell(output?[key]))));
        }

        return csv.ToString();
    }

    private static IEnumerable<string> Keys(JsonObject? json) => json?.Select(property => property.Key) ?? [];

    private static string Cell(JsonNode? value) => value switch
    {
        null => "",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static void AppendRow(StringBuilder csv, IEnumerable<string> cells) =>
        csv.AppendJoin(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");

    private static string Lines(IEnumerable<JsonObject> items) => string.Concat(items.Select(item => $"{item.ToJsonString()}\n"));

    private static JsonObject? Node(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonNode.Parse(json.Span) as JsonObject;
}
