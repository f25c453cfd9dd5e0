using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Makes new states of examples out of request bodies.</summary>
internal static class ExampleBody
{
    /// <summary>Where an example is that names no split.</summary>
    private static readonly string[] s_base = ["base"];

    /// <summary>A new example; an id that is taken is a conflict.</summary>
    public static async Task<StoredExample> CreateAsync(HttpContext context, BodyFields body, Guid? datasetId, DateTimeOffset now)
    {
        var dataset = datasetId ?? body.Id("dataset_id") ?? throw ProblemException.Invalid("'dataset_id' is missing.");
        await context.Shelf(DocumentKinds.Dataset).GetAsync("Dataset", dataset);
        var id = body.Id("id") ?? Uuid7.NewGuid(now);
        if (await Examples(context).FindAsync(context.Workspace(), id, null, context.RequestAborted) is not null)
        {
            throw ProblemException.Conflict($"There is an example '{id}' already. Change it with PATCH, or give another id.");
        }

        var source = await SourceAsync(context, body);
        var fromRun = source is not null && body.Flag("use_source_run_io") == true;
        var metadata = body.Node("metadata") as JsonObject;
        return await ExampleSchemas.CheckAsync(context, new StoredExample
        {
            Workspace = context.Workspace(),
            DatasetId = dataset,
            Id = id,
            CreatedAt = body.Time("created_at") ?? now,
            ModifiedAt = now,
            SourceRunId = body.Id("source_run_id"),
            Splits = Splits(body, metadata) ?? s_base,
            Inputs = fromRun ? source!.Inputs : Object(body, "inputs"),
            Outputs = fromRun ? source!.Outputs : Object(body, "outputs"),
            Metadata = Plain(metadata),
            Attachments = Attachments(body, source),
        });
    }

    /// <summary>The next state of an example; what is absent stays.</summary>
    public static Task<StoredExample> ChangeAsync(HttpContext context, StoredExample example, BodyFields body, DateTimeOffset now)
    {
        var metadata = body.Node("metadata") as JsonObject;
        return ExampleSchemas.CheckAsync(context, example with
        {
            ModifiedAt = now,
            DatasetId = body.Id("dataset_id") ?? example.DatasetId,
            Splits = Splits(body, metadata) ?? example.Splits,
            Inputs = Object(body, "inputs") is { IsEmpty: false } inputs ? inputs : example.Inputs,
            Outputs = Object(body, "outputs") is { IsEmpty: false } outputs ? outputs : example.Outputs,
            Metadata = metadata is null ? example.Metadata : Plain(metadata),
            Attachments = body.Value("attachments_operations") is { ValueKind: JsonValueKind.Object } operations
                ? Operate(example.Attachments, new BodyFields(operations))
                : example.Attachments,
        });
    }

    /// <summary>Renames and drops attachments: what is neither kept nor renamed goes.</summary>
    private static RunAttachment[] Operate(IReadOnlyList<RunAttachment> attachments, BodyFields operations)
    {
        var rename = operations.Value("rename") is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal)
            : [];
        var retain = operations.List("retain");
        return
        [
            .. attachments.Where(a => retain.Contains(a.Name, StringComparer.Ordinal)),
            .. attachments.Where(a => rename.ContainsKey(a.Name)).Select(a => a with { Name = rename[a.Name] }),
        ];
    }

    private static IExampleStore Examples(HttpContext context) => context.RequestServices.GetRequiredService<IExampleStore>();

    private static async Task<RunRecord?> SourceAsync(HttpContext context, BodyFields body)
    {
        if (body.Id("source_run_id") is not { } id)
        {
            return null;
        }

        var runs = context.RequestServices.GetRequiredService<IRunStore>();
        return await runs.FindAsync(context.Workspace(), id, RunPayload.Inputs | RunPayload.Outputs, context.RequestAborted)
            ?? (body.Flag("use_source_run_io") == true ? throw ProblemException.NotFound("Run", id) : null);
    }

    /// <summary>The files that come from the run: those named, or all of them with its inputs and outputs.</summary>
    private static IReadOnlyList<RunAttachment> Attachments(BodyFields body, RunRecord? source)
    {
        if (source is null)
        {
            return [];
        }

        var wanted = body.List("use_source_run_attachments");
        var all = wanted.Count == 0 && body.Flag("use_source_run_io") == true;
        return all ? source.Attachments : [.. source.Attachments.Where(a => wanted.Contains(a.Name, StringComparer.Ordinal))];
    }

    private static IReadOnlyList<string>? Splits(BodyFields body, JsonObject? metadata)
    {
        if (body.List("split") is { Count: > 0 } given)
        {
            return given;
        }

        return metadata?["dataset_split"] switch
        {
            JsonArray list => [.. list.Select(split => split?.ToString()).OfType<string>()],
            JsonValue one => [one.ToString()],
            _ => null,
        };
    }

    /// <summary>Metadata without the splits, which are kept apart.</summary>
    private static ReadOnlyMemory<byte> Plain(JsonObject? metadata)
    {
        if (metadata is null)
        {
            return default;
        }

        metadata.Remove("dataset_split");
        return JsonSerializer.SerializeToUtf8Bytes(metadata);
    }

    private static ReadOnlyMemory<byte> Object(BodyFields body, string name) => body.Value(name) is not { } value ? default
        : value.ValueKind == JsonValueKind.Object ? body.Raw(name)
        : throw ProblemException.Invalid($"'{name}' is a JSON object.");
}
