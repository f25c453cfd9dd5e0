using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Payloads;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Traces;

/// <summary>The pages of shared runs: the token is all that a reader needs, and what is below its run is all that it opens.</summary>
internal static class PublicTraceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/public/{token}/r", (HttpContext context, string token, SharedRuns shares, TraceReading reading) =>
            ShowAsync(context, token, null, shares, reading));
        app.MapGet("/public/{token}/r/{runId:guid}", (HttpContext context, string token, Guid runId, SharedRuns shares, TraceReading reading) =>
            ShowAsync(context, token, runId, shares, reading));
        app.MapGet("/ui/public/{token}/r/{runId:guid}", DetailAsync);
        app.MapGet("/ui/public/{token}/r/{runId:guid}/json", async (HttpContext context, string token, Guid runId, SharedRuns shares, TraceReading reading) =>
            await TreeAsync(context, token, runId, shares) is { } tree
                ? TraceEndpoints.Json(await reading.RawAsync(tree.Workspace, runId, context.RequestAborted))
                : Results.NotFound());
        app.MapGet("/ui/public/{token}/trace", ColumnsAsync);
        app.MapGet("/ui/public/{token}/trace/search", SearchAsync);
        app.MapGet("/ui/public/{token}/r/{runId:guid}/files/{**name}", FileAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string token, Guid? runId, SharedRuns shares, TraceReading reading) =>
        await TreeAsync(context, token, runId, shares) is { } tree
        && await reading.SharedAsync(tree, runId ?? tree.Root, new TracePlace(token), TraceAddress.Read(context.Request.Query), context.RequestAborted)
            is { } model
            ? context.Page<TracePage>(model)
            : context.Page<MissingPage>("Nothing is shared under this link, or no longer.", StatusCodes.Status404NotFound);

    private static async Task<IResult> DetailAsync(HttpContext context, string token, Guid runId, SharedRuns shares, TraceReading reading) =>
        await TreeAsync(context, token, runId, shares) is { } tree
        && await reading.DetailAsync(
            tree.Workspace, runId, new TracePlace(token), TraceAddress.Read(context.Request.Query).Tab, context.RequestAborted) is { } detail
            ? context.Page<RunDetail>(detail)
            : Results.NotFound();

    private static async Task<IResult> ColumnsAsync(
        HttpContext context, string token, SharedRuns shares, TimeProvider time) =>
        await TreeAsync(context, token, null, shares) is { } tree
            ? Results.Bytes(TraceReading.ColumnsOf(tree).ToJson(time.GetUtcNow()), "application/json")
            : Results.NotFound();

    private static async Task<IResult> SearchAsync(HttpContext context, string token, string q, SharedRuns shares, TraceReading reading) =>
        await TreeAsync(context, token, null, shares) is { Runs: [var root, ..] } tree
            ? Results.Ok((await reading.SearchAsync(tree.Workspace, root.TraceId, q, context.RequestAborted)).Where(tree.Contains))
            : Results.NotFound();

    private static async Task<IResult> FileAsync(
        HttpContext context, string token, Guid runId, string name, SharedRuns shares, IRunStore runs, IBlobStore blobs) =>
        await TreeAsync(context, token, runId, shares) is { } tree
            ? await FileEndpoints.SendAsync(context, tree.Workspace, runId, name, runs, blobs)
            : Results.NotFound();

    /// <summary>The shared tree, when it has the run.</summary>
    private static async Task<SharedTree?> TreeAsync(HttpContext context, string token, Guid? runId, SharedRuns shares) =>
        await shares.FindAsync(token, context.RequestAborted) is { Runs.Count: > 0 } tree && tree.Contains(runId ?? tree.Root) ? tree : null;
}
