using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Changes to examples of a dataset that the generated clients make: one is deleted, or the metadata of many is changed at once.</summary>
internal static class ExampleChangeEndpoints
{
    private const string Splits = "dataset_split";
    private const int ExamplesMax = 10_000;
    private const int OperationsMax = 50;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/platform/datasets/{datasetId}/examples/{exampleId}", DeleteAsync);
        api.MapPatch("/platform/datasets/{datasetId}/examples/metadata", ChangeAsync);
    }

    /// <summary>Deletes from the latest version on; one that is deleted already stays so, without another version.</summary>
    private static async Task<IResult> DeleteAsync(HttpContext context, string datasetId, string exampleId, IExampleStore examples, TimeProvider time)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        var id = RequestValues.ParseId("example_id", exampleId);
        if (await FindAsync(context, dataset.Id, id, examples) is { } example)
        {
            await examples.WriteAsync([example with { ModifiedAt = time.GetWireNow(), IsDeleted = true }], context.RequestAborted);
        }

        return Results.NoContent();
    }

    /// <summary>Applies the same operations to each example; answers 207 with what became of each.</summary>
    private static async Task<IResult> ChangeAsync(HttpContext context, string datasetId, IExampleStore examples, TimeProvider time)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var ids = body.Ids("example_ids");
        var operations = Operations(body);
        if (ids.Count > ExamplesMax)
        {
            throw ProblemException.Invalid($"'example_ids' has more than {ExamplesMax:N0} ids.");
        }

        var now = time.GetWireNow();
        var changed = new Dictionary<Guid, StoredExample>();
        foreach (var id in ids.Distinct())
        {
            if (await FindAsync(context, dataset.Id, id, examples) is { } example)
            {
                changed[id] = Change(example, operations) with { ModifiedAt = now };
            }
        }

        await examples.WriteAsync([.. changed.Values], context.RequestAborted);
        return JsonBody.Of(
            new JsonObject
            {
                ["statuses"] = new JsonArray([.. ids.Select(id => changed.ContainsKey(id)
                    ? new JsonObject { ["id"] = id.ToString(), ["status"] = "UPDATED" }
                    : new JsonObject { ["id"] = id.ToString(), ["status"] = "NOT_FOUND", ["description"] = "The dataset has no such example." })]),
            },
            StatusCodes.Status207MultiStatus);
    }

    private static async Task<StoredExample?> FindAsync(HttpContext context, Guid datasetId, Guid id, IExampleStore examples)
    {
        var example = await examples.FindAsync(context.Workspace(), id, null, context.RequestAborted);
        return example?.DatasetId == datasetId ? example : null;
    }

    private static List<Operation> Operations(BodyFields body)
    {
        if (body.Value("operations") is not { ValueKind: JsonValueKind.Array } given || given.GetArrayLength() > OperationsMax)
        {
            throw ProblemException.Invalid($"'operations' is an array of at most {OperationsMax} operations.");
        }

        var operations = new List<Operation>();
        foreach (var item in given.EnumerateArray())
        {
            var fields = item.ValueKind == JsonValueKind.Object ? new BodyFields(item) : throw ProblemException.Invalid("An operation is an object.");
            var kind = fields.Required("operation").ToUpperInvariant();
            if (kind is not ("SET" or "ARRAY_ADD" or "ARRAY_REMOVE"))
            {
                throw ProblemException.Invalid($"'operation' is '{kind}'; give SET, ARRAY_ADD or ARRAY_REMOVE.");
            }

            operations.Add(new Operation(kind, fields.Required("key"), fields.Node("value"), fields.List("values")));
        }

        return operations;
    }

    private static StoredExample Change(StoredExample example, List<Operation> operations)
    {
        var metadata = example.Metadata.IsEmpty ? [] : JsonNode.Parse(example.Metadata.Span) as JsonObject ?? [];
        metadata[Splits] = Texts(example.Splits);
        foreach (var operation in operations)
        {
            metadata[operation.Key] = operation.Kind == "SET" ? operation.Value?.DeepClone() : Texts(operation.Apply(Texts(metadata[operation.Key])));
        }

        string[] splits = [.. Texts(metadata[Splits])];
        metadata.Remove(Splits);
        return example with { Splits = splits, Metadata = JsonSerializer.SerializeToUtf8Bytes(metadata) };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(item => item?.ToString()).OfType<string>(),
        JsonValue one when one.GetValueKind() == JsonValueKind.String => [one.ToString()],
        _ => [],
    };

    private sealed record Operation(string Kind, string Key, JsonNode? Value, IReadOnlyList<string> Values)
    {
        public IEnumerable<string> Apply(IEnumerable<string> present) => Kind == "ARRAY_ADD" ? present.Union(Values) : present.Except(Values);
    }
}
