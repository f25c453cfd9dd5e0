using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LangSmith.Server.Web.Traces;

/// <summary>The page of a run, its parts, and the addresses under which clients link to it.</summary>
internal static class TraceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/r/{runId}", ShowAsync);
        app.MapGet("/o/{workspace}/projects/p/{project}/r/{runId}", Forward);
        app.MapGet("/o/{workspace}/r/{runId}", Forward);
        app.MapGet("/ui/r/{runId:guid}", async (HttpContext context, Guid runId, TraceReading reading) =>
            await reading.DetailAsync(
                context.Workspace(), runId, TracePlace.Own, TraceAddress.Read(context.Request.Query).Tab, context.RequestAborted) is { } detail
                ? (IResult)context.Page<RunDetail>(detail)
                : Results.NotFound());
        app.MapGet("/ui/r/{runId:guid}/json", async (HttpContext context, Guid runId, TraceReading reading) =>
            Json(await reading.RawAsync(context.Workspace(), runId, context.RequestAborted)));
        app.MapGet("/ui/trace/{traceId:guid}", async (HttpContext context, Guid traceId, TraceReading reading, TimeProvider time) =>
            Results.Bytes((await reading.ColumnsAsync(context.Workspace(), traceId, context.RequestAborted)).ToJson(time.GetUtcNow()), "application/json"));
        app.MapGet("/ui/trace/{traceId:guid}/search", async (HttpContext context, Guid traceId, string q, TraceReading reading) =>
            Results.Ok(await reading.SearchAsync(context.Workspace(), traceId, q, context.RequestAborted)));
        app.MapGet("/ui/trace/{traceId:guid}/live", (HttpContext context, Guid traceId, TraceReading reading, TimeProvider time) =>
            LiveStream.Answer(context, WatchAsync(context.Workspace(), traceId, reading, time, context.RequestAborted)));
        app.MapGet("/ui/waiting/{runId:guid}", (HttpContext context, Guid runId, IdLookup lookup, TraceReading reading, TimeProvider time) =>
            LiveStream.Answer(context, AwaitRunAsync(context.Workspace(), runId, lookup, reading, time, context.RequestAborted)));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string runId, TraceReading reading, IdLookup lookup)
    {
        var workspace = context.Workspace();
        if (!RunId.TryParse(runId, out var id))
        {
            return Results.Redirect($"/go?q={Uri.EscapeDataString(runId)}");
        }

        if (await reading.FindAsync(workspace, id, TraceAddress.Read(context.Request.Query), context.RequestAborted) is { } model)
        {
            return context.Page<TracePage>(model);
        }

        var found = await lookup.FindAsync(workspace, id, context.RequestAborted);
        if (found.Address is { } address && address != context.Request.Path)
        {
            return Results.Redirect(address);
        }

        // Accepted: it may well be on its way.
        var waiting = new WaitingModel(id, found.Tried, await reading.FeedbackAsync(workspace, id, context.RequestAborted));
        return context.Page<WaitingPage>(waiting, StatusCodes.Status202Accepted);
    }

    /// <summary>A run as a file for people.</summary>
    public static IResult Json(ReadRun? run) => run is null ? Results.NotFound() : Results.Text(RawRun.Write(run), "application/json");

    private static IResult Forward(HttpContext context, string runId) => Results.Redirect($"/r/{Uri.EscapeDataString(runId)}");

    private static async IAsyncEnumerable<SseItem<string>> WatchAsync(
        WorkspaceId workspace, Guid traceId, TraceReading reading, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TraceVersion? shown = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var version = await reading.VersionAsync(workspace, traceId, cancellationToken);
            if (version != shown)
            {
                var columns = await reading.ColumnsAsync(workspace, traceId, cancellationToken);
                shown = columns.Version;
                yield return LiveStream.Item("trace", Encoding.UTF8.GetString(columns.ToJson(time.GetUtcNow())));
            }

            // A big trace costs more to read than it gains by being a second fresher.
            await Task.Delay(TimeSpan.FromSeconds(version.Runs > 2_000 ? 3 : 0.7), time, cancellationToken);
        }
    }

    /// <summary>Says when something with the id is there, and when more feedback waits for it.</summary>
    private static async IAsyncEnumerable<SseItem<string>> AwaitRunAsync(
        WorkspaceId workspace, Guid runId, IdLookup lookup, TraceReading reading, TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var feedback = (await reading.FeedbackAsync(workspace, runId, cancellationToken)).Items.Count;
        yield return LiveStream.Item("waiting");
        while (await lookup.RunAsync(workspace, runId, cancellationToken) is null)
        {
            var waiting = (await reading.FeedbackAsync(workspace, runId, cancellationToken)).Items.Count;
            if (waiting != feedback)
            {
                break;
            }

            // The store tells nobody of commits; a look by id costs less than a millisecond.
            await Task.Delay(TimeSpan.FromSeconds(0.7), time, cancellationToken);
        }

        yield return LiveStream.Item("arrived");
    }
}
