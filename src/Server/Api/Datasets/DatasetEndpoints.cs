using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Datasets: named sets of examples, whose experiments are the projects that refer to them.</summary>
internal static class DatasetEndpoints
{
    private static readonly string[] s_types = ["kv", "llm", "chat"];

    private static readonly string[] s_fields =
        ["description", ExampleSchemas.OfInputs, ExampleSchemas.OfOutputs, "transformations", "externally_managed", "metadata", "baseline_experiment_id"];

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder v2)
    {
        api.MapGet("/datasets", (Delegate)DatasetList.ReadAsync);
        v2.MapGet("/datasets", (Delegate)DatasetList.ReadV2Async);
        api.MapPost("/datasets", (Delegate)CreateAsync);
        api.MapDelete("/datasets", async (HttpContext context, IExampleStore examples) =>
            await DeleteAsync(context, new RequestValues(context.Request).Ids("dataset_ids"), examples));
        api.MapGet("/datasets/{datasetId}", async (HttpContext context, string datasetId) =>
            JsonBody.Of(await ShowAsync(context, await DatasetVersions.FindAsync(context, datasetId))));
        api.MapPatch("/datasets/{datasetId}", UpdateAsync);
        api.MapDelete("/datasets/{datasetId}", async (HttpContext context, string datasetId, IExampleStore examples) =>
            await DeleteAsync(context, [(await DatasetVersions.FindAsync(context, datasetId)).Id], examples));
    }

    /// <summary>A dataset as clients see it.</summary>
    public static async Task<JsonObject> ShowAsync(HttpContext context, Document dataset)
    {
        var examples = context.RequestServices.GetRequiredService<IExampleStore>();
        var catalogue = context.RequestServices.GetRequiredService<ICatalogue>();
        var count = await examples.CountAsync(new ExampleQuery { Workspace = dataset.Workspace, DatasetId = dataset.Id }, context.RequestAborted);
        var experiments = await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = dataset.Workspace, ReferenceDatasetIds = [dataset.Id], Limit = Shelf.All }, context.RequestAborted);
        var json = Shelf.Json(dataset);
        json["id"] = dataset.Id.ToString();
        json["name"] = dataset.Name;
        json["tenant_id"] = dataset.Workspace.Value.ToString();
        json["created_at"] ??= WireWriting.Text(dataset.CreatedAt);
        json["modified_at"] = WireWriting.Text(dataset.ModifiedAt);
        json["example_count"] = count;
        json["session_count"] = experiments.Count;
        json["last_session_start_time"] = experiments.Count == 0 ? null : WireWriting.Text(experiments.Max(project => project.StartTime));
        return json;
    }

    private static async Task<IResult> CreateAsync(HttpContext context)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var dataset = await MakeAsync(context, body);
        return JsonBody.Of(await ShowAsync(context, dataset));
    }

    /// <summary>Makes a dataset; a name or id that is taken is a conflict.</summary>
    public static async Task<Document> MakeAsync(HttpContext context, BodyFields body)
    {
        var type = body.Text("data_type") ?? "kv";
        if (!s_types.Contains(type, StringComparer.Ordinal))
        {
            throw ProblemException.Invalid($"'data_type' is '{type}'; give one of {string.Join(", ", s_types)}.");
        }

        var json = new JsonObject { ["data_type"] = type };
        foreach (var field in s_fields)
        {
            json[field] = Read(body, field);
        }

        ExampleSchemas.CheckDefinitions(json);
        json["metadata"] ??= (body.Node("extra") as JsonObject)?["metadata"]?.DeepClone();
        json["created_at"] = body.Time("created_at") is { } created ? WireWriting.Text(created) : null;
        var (dataset, isNew) = await context.Shelf(DocumentKinds.Dataset).CreateAsync(json, body.Id("id"), body.Required("name"));
        return isNew ? dataset : throw ProblemException.Conflict($"Dataset with this name already exists: '{dataset.Name}' has id '{dataset.Id}'.");
    }

    /// <summary>A property as its kind has it: what is stored is read by everybody who lists.</summary>
    private static JsonNode? Read(BodyFields body, string field) => field switch
    {
        "description" => JsonValue.Create(body.Text(field)),
        "baseline_experiment_id" => JsonValue.Create(body.Id(field)?.ToString()),
        "externally_managed" => JsonValue.Create(body.Flag(field)),
        "transformations" => body.Array(field),
        "metadata" => body.Object(field),
        _ => body.Node(field),
    };

    private static async Task<IResult> UpdateAsync(HttpContext context, string datasetId)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var given = s_fields.Where(field => body.Value(field) is not null).ToDictionary(field => field, field => Read(body, field));
        try
        {
            var updated = await context.Shelf(DocumentKinds.Dataset).UpdateAsync(dataset.Id, stored =>
            {
                var json = Shelf.Json(stored);
                foreach (var (name, value) in given)
                {
                    json[name] = value?.DeepClone();
                }

                ExampleSchemas.CheckDefinitions(json);
                return stored with { Name = body.Text("name") ?? stored.Name, Json = JsonSerializer.SerializeToUtf8Bytes(json) };
            });
            return JsonBody.Of(await ShowAsync(context, updated ?? dataset));
        }
        catch (DocumentNameTakenException exception)
        {
            throw ProblemException.Conflict($"There is a dataset '{exception.Name}' already. Choose another name.");
        }
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, IReadOnlyList<Guid> ids, IExampleStore examples)
    {
        foreach (var id in ids)
        {
            if (await context.Shelf(DocumentKinds.Dataset).DeleteAsync(id))
            {
                await examples.DeleteDatasetAsync(context.Workspace(), id, context.RequestAborted);
            }
        }

        return JsonBody.Message("Dataset deleted");
    }
}
