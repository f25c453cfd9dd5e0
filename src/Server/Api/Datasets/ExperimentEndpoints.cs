using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Experiments: what the runs of projects made of the examples of a dataset.</summary>
internal static class ExperimentEndpoints
{
    private const int PageSizeDefault = 20;
    private const int PageSizeMax = 100;
    private const int ExampleIdsMax = 1_000;

    public static void Map(IEndpointRouteBuilder v1, IEndpointRouteBuilder v2)
    {
        v1.MapPost("/datasets/{datasetId}/runs", QueryAsync);
        v2.MapPost("/datasets/{datasetId}/experiment-runs", QueryV2Async);
    }

    /// <summary>Examples by offset, each with the root runs that experiments made of it.</summary>
    private static async Task<IResult> QueryAsync(HttpContext context, string datasetId, IExampleStore examples, RunReading reading)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var query = new ExampleQuery
        {
            Workspace = context.Workspace(),
            DatasetId = dataset.Id,
            Offset = Math.Max(body.Number("offset") ?? 0, 0),
            Limit = Math.Clamp(body.Number("limit") ?? PageSizeDefault, 1, PageSizeMax),
        };
        var runs = new ExperimentRuns(context, body.Ids("session_ids"), ExperimentRuns.Filters(body), reading);
        var (rows, _) = await runs.PageAsync(query, examples, RunPayload.All, ExperimentOrder.Read(body));
        var json = new RunJson(context.Links(), RunSelection.All);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartArray();
            foreach (var (example, made) in rows)
            {
                Write(writer, example, made, context.Links(), json.Write);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>The same by cursor, with the selected fields of the runs.</summary>
    private static async Task<IResult> QueryV2Async(HttpContext context, string datasetId, IExampleStore examples, RunReading reading)
    {
        var dataset = await DatasetVersions.FindAsync(context, datasetId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var experiments = body.Ids("experiment_ids");
        var ids = body.Ids("example_ids");
        if (experiments.Count == 0 || ids.Count > ExampleIdsMax)
        {
            throw ProblemException.BadRequest($"Give 'experiment_ids', and at most {ExampleIdsMax:N0} 'example_ids'.");
        }

        var selection = RunSelectionV2.Of(body.List("selects"));
        var query = new ExampleQuery
        {
            Workspace = context.Workspace(),
            DatasetId = dataset.Id,
            Ids = ids,
            Offset = OffsetCursor.Parse(body.Text("cursor")),
            Limit = Math.Clamp(body.Number("page_size") ?? PageSizeDefault, 1, PageSizeMax),
        };
        var runs = new ExperimentRuns(context, experiments, ExperimentRuns.Filters(body), reading);
        var (rows, next) = await runs.PageAsync(query, examples, selection.Payload, ExperimentOrder.Read(body));
        var json = await RunEndpointsV2.JsonAsync(context, [.. rows.SelectMany(row => row.Runs)], selection);
        return RunEndpointsV2.Page(rows, OffsetCursor.Print(next), (writer, row) => Write(writer, row.Example, row.Runs, context.Links(), json.Write));
    }

    private static void Write(
        Utf8JsonWriter writer, StoredExample example, IReadOnlyList<ReadRun> runs, RunLinks links, Action<Utf8JsonWriter, ReadRun> write)
    {
        writer.WriteStartObject();
        ExampleJson.WriteFields(writer, example, links);
        writer.WriteStartArray("runs");
        foreach (var run in runs)
        {
            write(writer, run);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
