using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Sharing;

/// <summary>Makes a run and what is below it readable to anybody who has the token.</summary>
internal static class RunShareEndpoints
{
    public static void Map(IEndpointRouteBuilder v1, IEndpointRouteBuilder v2)
    {
        v1.MapPut("/runs/{runId}/share", ShareAsync);
        v1.MapGet("/runs/{runId}/share", ReadAsync);
        v1.MapDelete("/runs/{runId}/share", UnshareAsync);
        v2.MapPost("/runs/{runId}/share", ShareAsync);
        v2.MapDelete("/runs/{runId}/share", UnshareAsync);
    }

    private static async Task<IResult> ShareAsync(HttpContext context, string runId, IRunStore runs, IDocumentStore documents)
    {
        var run = await RunAsync(context, runId, runs);
        using var body = await RequestBodies.ReadObjectAsync(context);
        var json = new JsonObject { ["run_id"] = run.Id.ToString(), ["trace_id"] = run.TraceId.ToString() };
        // The name is the run: a second share returns the token of the first.
        // The token names its workspace: one that another workspace has already, or could guess, will not do.
        var wanted = new BodyFields(body.RootElement).Id("share_token");
        var taken = wanted is { } id && await documents.FindAnywhereAsync(SharedRuns.DocumentKind, id, context.RequestAborted) is not null;
        var (share, _) = await context.Shelf(SharedRuns.DocumentKind)
            .CreateAsync(json, wanted is { } token && !taken ? token : Guid.NewGuid(), run.Id.ToString());
        return JsonBody.Of(new JsonObject { ["run_id"] = run.Id.ToString(), ["share_token"] = share.Id.ToString() });
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string runId, IRunStore runs)
    {
        var run = await RunAsync(context, runId, runs);
        var share = await context.Shelf(SharedRuns.DocumentKind).FindAsync(run.Id.ToString());
        return JsonBody.Of(share is null ? null : new JsonObject { ["run_id"] = run.Id.ToString(), ["share_token"] = share.Id.ToString() });
    }

    private static async Task<IResult> UnshareAsync(HttpContext context, string runId)
    {
        var shelf = context.Shelf(SharedRuns.DocumentKind);
        if (await shelf.FindAsync(RequestValues.ParseId("run_id", runId).ToString()) is { } share)
        {
            await shelf.DeleteAsync(share.Id);
        }

        return Results.NoContent();
    }

    private static async Task<RunRecord> RunAsync(HttpContext context, string runId, IRunStore runs)
    {
        var id = RequestValues.ParseId("run_id", runId);
        return await runs.FindAsync(context.Workspace(), id, RunPayload.None, context.RequestAborted) ?? throw ProblemException.NotFound("Run", id);
    }
}
