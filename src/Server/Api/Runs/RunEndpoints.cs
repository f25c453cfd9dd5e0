using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Reads runs, by id alone or by query.</summary>
internal static class RunEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{runId}", ReadAsync);
        api.MapGet("/runs/{runId}/identity", ReadIdentityAsync);
        api.MapPost("/runs/query", QueryAsync);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string runId, RunReading reading)
    {
        var id = RequestValues.ParseId("run_id", runId);
        // The id is the whole key: session_id and start_time are hints that nothing depends on.
        var run = await reading.FindAsync(context.Workspace(), id, RunPayload.All, context.RequestAborted)
            ?? throw ProblemException.NotFound("Run", id);
        var json = new RunJson(context.Links(), RunSelection.All, await RunMarks.ReadAsync(context, [run], shares: true, queued: true));
        return JsonBody.Ok(writer => json.Write(writer, run));
    }

    private static async Task<IResult> ReadIdentityAsync(HttpContext context, string runId, IRunStore runs)
    {
        var id = RequestValues.ParseId("run_id", runId);
        var report = await runs.FindIdentityAsync(context.Workspace(), id, context.RequestAborted) ?? throw ProblemException.NotFound("Run", id);
        return JsonBody.Ok(writer => IdentityJson.Write(writer, report));
    }

    private static async Task<IResult> QueryAsync(HttpContext context, RunReading reading)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var selection = new RunSelection(body.List("select"));
        var query = RunQueryBody.Read(body, context.Workspace(), selection.Payload);
        var page = await reading.QueryAsync(query, selection.Details, context.RequestAborted);
        var marks = await RunMarks.ReadAsync(context, page.Runs, selection.Has("share_token"), selection.Has("last_queued_at"));
        var json = new RunJson(context.Links(), selection, marks);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("runs");
            foreach (var run in page.Runs)
            {
                json.Write(writer, run);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("cursors");
            writer.WriteString("next", RunCursor.Print(page.Next));
            writer.WriteNull("prev");
            writer.WriteEndObject();
            writer.WriteNull("search_cursors");
            writer.WriteNull("parsed_query");
            writer.WriteEndObject();
        });
    }
}
