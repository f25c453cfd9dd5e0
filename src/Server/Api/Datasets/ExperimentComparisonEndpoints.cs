using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Experiments side by side: named comparisons, and which examples got better or worse.</summary>
internal static class ExperimentComparisonEndpoints
{
    private const int ExamplesMax = 100_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/datasets/{datasetId}/runs/delta", CompareAsync);
        api.MapPost("/datasets/comparative", CreateAsync);
        api.MapDelete("/datasets/comparative/{comparisonId}", async (HttpContext context, string comparisonId) =>
        {
            var id = RequestValues.ParseId("comparative_experiment_id", comparisonId);
            return await context.Shelf(DocumentKinds.Comparison).DeleteAsync(id)
                ? JsonBody.Message("Comparative experiment deleted")
                : throw ProblemException.NotFound("Comparative experiment", id);
        });
        api.MapGet("/datasets/{datasetId}/comparative", async (HttpContext context, string datasetId, ICatalogue catalogue) =>
        {
            var dataset = await DatasetVersions.FindAsync(context, datasetId);
            var found = await context.Shelf(DocumentKinds.Comparison).ListAsync(query => query with { ParentId = dataset.Id });
            return JsonBody.List(await ShowAsync(context, catalogue, found));
        });
    }

    /// <summary>By the mean score of an example's runs under one key, compared with that in the baseline.</summary>
    private static async Task<IResult> CompareAsync(HttpContext context, string datasetId, IExampleStore examples, RunReading reading)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var key = body.Required("feedback_key");
        var baseline = body.Id("baseline_session_id") ?? throw ProblemException.Invalid("'baseline_session_id' is missing.");
        var compared = body.Ids("comparison_session_ids");
        var (offset, limit) = (Math.Max(body.Number("offset") ?? 0, 0), Math.Clamp(body.Number("limit") ?? 100, 1, 100));
        var config = await context.Shelf(DocumentKinds.FeedbackConfig).FindAsync(key);
        var better = config is not null && (bool?)Shelf.Json(config)["is_lower_score_better"] == true ? -1 : 1;

        var runs = new ExperimentRuns(context, [baseline, .. compared], ExperimentRuns.Filters(body), reading);
        var query = new ExampleQuery { Workspace = context.Workspace(), DatasetId = dataset.Id, Limit = ExamplesMax };
        var (rows, _) = await runs.PageAsync(query, examples, RunPayload.None);
        var changes = rows.Select(row => (row.Example.Id, Scores: Scores(row.Runs, key))).ToList();
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("feedback_deltas");
            foreach (var session in compared)
            {
                writer.WriteStartObject(session.ToString());
                writer.WriteIds("improved_examples", Changed(session, better).Skip(offset).Take(limit));
                writer.WriteIds("regressed_examples", Changed(session, -better).Skip(offset).Take(limit));
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });

        IEnumerable<Guid> Changed(Guid session, int sign) => changes
            .Where(change => change.Scores.TryGetValue(baseline, out var before) && change.Scores.TryGetValue(session, out var after)
                && Math.Sign(after - before) == sign)
            .Select(change => change.Id);
    }

    /// <summary>The mean score of the runs of each project; runs without a score under the key do not count.</summary>
    private static Dictionary<Guid, double> Scores(IReadOnlyList<ReadRun> runs, string key) => runs
        .Select(run => (run.Record.ProjectId, Score: run.Feedback?.FirstOrDefault(summary => summary.Key == key)?.Average))
        .Where(run => run.Score is not null)
        .GroupBy(run => run.ProjectId, run => run.Score!.Value)
        .ToDictionary(group => group.Key, group => group.Average());

    private static async Task<IResult> CreateAsync(HttpContext context, ICatalogue catalogue)
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
        return created
            ? JsonBody.Of((await ShowAsync(context, catalogue, [comparison]))[0])
            : throw ProblemException.Conflict($"There is a comparative experiment '{comparison.Name}' already.");
    }

    private static async Task<IReadOnlyList<JsonObject>> ShowAsync(HttpContext context, ICatalogue catalogue, IReadOnlyList<Document> comparisons)
    {
        var shown = comparisons.Select(Show).ToList();
        Guid[] ids = [.. shown.SelectMany(Experiments).Distinct()];
        var query = new ProjectQuery { Workspace = context.Workspace(), Ids = ids, Limit = ids.Length };
        var projects = ids.Length == 0 ? [] : await catalogue.ListProjectsAsync(query, context.RequestAborted);
        var names = projects.ToDictionary(project => project.Id, project => project.Name);
        foreach (var json in shown)
        {
            // One that was deleted since is left out, as a name is part of what clients are told.
            json["experiments_info"] = new JsonArray([.. Experiments(json).Where(names.ContainsKey)
                .Select(id => new JsonObject { ["id"] = id.ToString(), ["name"] = names[id] })]);
        }

        return shown;

        static IEnumerable<Guid> Experiments(JsonObject json) => json["experiment_ids"]!.AsArray().Select(id => Guid.Parse((string)id!));
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
        return json;
    }
}
