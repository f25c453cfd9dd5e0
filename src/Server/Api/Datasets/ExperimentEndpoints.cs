using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Experiments: what the runs of projects made of the examples of a dataset.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/datasets/{datasetId}/runs", QueryAsync);
        api.MapPost("/datasets/comparative", (Delegate)CreateComparisonAsync);
        api.MapDelete("/datasets/comparative/{comparisonId}", async (HttpContext context, string comparisonId) =>
        {
            var id = RequestValues.ParseId("comparative_experiment_id", comparisonId);
            return await context.Shelf(DocumentKinds.Comparison).DeleteAsync(id)
                ? JsonBody.Message("Comparative experiment deleted")
                : throw ProblemException.NotFound("Comparative experiment", id);
        });
        api.MapGet("/datasets/{datasetId}/comparative", async (HttpContext context, string datasetId) =>
        {
            var dataset = await DatasetVersions.FindAsync(context, datasetId);
            var found = await context.Shelf(DocumentKinds.Comparison).ListAsync(query => query with { ParentId = dataset.Id });
            return JsonBody.List(found.Select(Show));
        });
    }

    /// <summary>Examples by page, each with the root runs that experiments made of it.</summary>
    private static async Task<IResult> QueryAsync(HttpContext context, string datasetId, IExampleStore examples, RunReading reading)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var page = await examples.ListAsync(
            new ExampleQuery
            {
                Workspace = context.Workspace(),
                DatasetId = dataset.Id,
                Offset = Math.Max(body.Number("offset") ?? 0, 0),
                Limit = Math.Clamp(body.Number("limit") ?? 20, 1, 100),
            },
            context.RequestAborted);
        var runs = await RunsAsync(context, body.Ids("session_ids"), page, reading);
        var links = context.Links();
        var json = new RunJson(links, RunSelection.All);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartArray();
            foreach (var example in page)
            {
                writer.WriteStartObject();
                ExampleJson.WriteFields(writer, example, links);
                writer.WriteStartArray("runs");
                foreach (var run in runs[example.Id])
                {
                    json.Write(writer, run.Record, run.Usage, run.Feedback);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static async Task<ILookup<Guid, ReadRun>> RunsAsync(
        HttpContext context, IReadOnlyList<Guid> projects, IReadOnlyList<StoredExample> examples, RunReading reading)
    {
        var found = new List<ReadRun>();
        RunQuery? next = examples.Count == 0 ? null : new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = new RunFilterBuilder()
                .OneOf(RunProperty.ReferenceExampleId, [.. examples.Select(example => example.Id)])
                .OneOf(RunProperty.ProjectId, projects)
                .Equal(RunProperty.IsRoot, true)
                .Build(),
            Ascending = true,
            Limit = ExploreLimits.PageSize,
            Payload = RunPayload.All,
        };
        while (next is not null)
        {
            var page = await reading.QueryAsync(next, withFeedback: true, withUsage: true, context.RequestAborted);
            found.AddRange(page.Runs);
            next = page.Next is { } position ? next with { After = position } : null;
        }

        return found.ToLookup(run => run.Record.ReferenceExampleId!.Value);
    }

    private static async Task<IResult> CreateComparisonAsync(HttpContext context)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var experiments = body.Ids("experiment_ids");
        var dataset = body.Id("reference_dataset_id") ?? throw ProblemException.Invalid("'reference_dataset_id' is missing.");
        await context.Shelf(DocumentKinds.Dataset).GetAsync("Dataset", dataset);
        var json = new JsonObject
        {
            ["description"] = body.Text("description"),
            ["extra"] = body.Node("extra"),
            ["metadata"] = body.Node("metadata"),
            ["experiment_ids"] = new JsonArray([.. experiments.Select(id => JsonValue.Create(id.ToString()))]),
        };
        var (comparison, created) = await context.Shelf(DocumentKinds.Comparison).CreateAsync(json, body.Id("id"), body.Text("name"), dataset);
        return created ? JsonBody.Of(Show(comparison)) : throw ProblemException.Conflict($"There is a comparative experiment '{comparison.Name}' already.");
    }

    private static JsonObject Show(Document comparison)
    {
        var json = Shelf.Json(comparison);
        json["id"] = comparison.Id.ToString();
        json["name"] = comparison.Name;
        json["tenant_id"] = comparison.Workspace.Value.ToString();
        json["reference_dataset_id"] = comparison.ParentId?.ToString();
        json["created_at"] = WireWriting.Text(comparison.CreatedAt);
        json["modified_at"] = WireWriting.Text(comparison.ModifiedAt);
        json["experiments_info"] = new JsonArray([.. json["experiment_ids"]!.AsArray().Select(id => new JsonObject { ["id"] = id?.DeepClone() })]);
        return json;
    }
}
