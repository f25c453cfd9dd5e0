using System.Text.Json;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Sharing;

/// <summary>Shared runs, read without a key: the run of the token and everything below it, nothing else.</summary>
internal static class PublicEndpoints
{
    public static void Map(IEndpointRouteBuilder v1, IEndpointRouteBuilder v2)
    {
        v1.MapGet("/public/{token}/run", (HttpContext context, string token, RunReading reading) => ReadAsync(context, token, null, reading)).Open();
        v1.MapGet("/public/{token}/run/{runId}", (HttpContext context, string token, string runId, RunReading reading) =>
            ReadAsync(context, token, runId, reading)).Open();
        v1.MapPost("/public/{token}/runs/query", QueryAsync).Open();
        v1.MapGet("/public/{token}/runs", ListAsync).Open();
        // What the JavaScript client really sends: it forgets the question mark.
        v1.MapGet("/public/{token}/runsshare_token={runs}", ListAsync).Open();
        v1.MapGet("/public/{token}/feedbacks", FeedbackAsync).Open();
        v2.MapGet("/public/{token}/run/{runId}", ReadV2Async).Open();
        v2.MapPost("/public/{token}/runs/query", QueryV2Async).Open();
    }

    private static void Open(this IEndpointConventionBuilder endpoint) => endpoint.RequireCors(LangSmithApi.PublicCors);

    private static async Task<SharedTree> TreeAsync(HttpContext context, string token) =>
        await context.RequestServices.GetRequiredService<SharedRuns>().FindAsync(token, context.RequestAborted)
        ?? throw new ProblemException(StatusCodes.Status404NotFound, "Nothing is shared under this token.");

    private static async Task<ReadRun> RunAsync(HttpContext context, string token, string? runId, RunPayload payload, RunReading reading)
    {
        var tree = await TreeAsync(context, token);
        var id = runId is null ? tree.Root : RequestValues.ParseId("run_id", runId);
        return (tree.Contains(id) ? await reading.FindAsync(tree.Workspace, id, payload, context.RequestAborted) : null)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, $"Run '{id}' is not shared under this token.");
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string token, string? runId, RunReading reading)
    {
        var run = await RunAsync(context, token, runId, RunPayload.All, reading);
        return JsonBody.Ok(writer => new RunJson(context.Links(), RunSelection.All).Write(writer, run));
    }

    private static async Task<IResult> ReadV2Async(HttpContext context, string token, string runId, RunReading reading)
    {
        var selection = RunSelectionV2.Of(new RequestValues(context.Request).List("selects"));
        var run = await RunAsync(context, token, runId, selection.Payload, reading);
        return JsonBody.Ok(writer => new RunJsonV2(context.Links(), selection).Write(writer, run));
    }

    private static async Task<IResult> QueryAsync(HttpContext context, string token, RunReading reading)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var selection = new RunSelection(body.List("select"));
        var page = await PageAsync(context, token, body.Ids("id"), body.Text("cursor"), selection.Payload, body.Number("limit"), reading);
        var json = new RunJson(context.Links(), selection);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("runs");
            WriteAll(writer, page, json);
            writer.WriteStartObject("cursors");
            writer.WriteString("next", RunCursor.Print(page.Next));
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> QueryV2Async(HttpContext context, string token, RunReading reading)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var selection = RunSelectionV2.Of(body.List("selects"));
        var page = await PageAsync(context, token, body.Ids("ids"), body.Text("cursor"), selection.Payload, body.Number("page_size"), reading);
        return RunEndpointsV2.Page(page.Runs, page.Next, new RunJsonV2(context.Links(), selection).Write);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string token, RunReading reading)
    {
        var page = await PageAsync(context, token, Ids(context), null, RunPayload.All, null, reading);
        return JsonBody.Ok(writer => WriteAll(writer, page, new RunJson(context.Links(), RunSelection.All)));
    }

    private static IReadOnlyList<Guid> Ids(HttpContext context)
    {
        var malformed = (string?)context.Request.RouteValues.GetValueOrDefault("runs");
        return malformed is null
            ? new RequestValues(context.Request).Ids("id")
            : [.. malformed.Split('&').Where(pair => pair.StartsWith("id=", StringComparison.Ordinal)).Select(pair => RequestValues.ParseId("id", pair[3..]))];
    }

    private static async Task<ReadRunPage> PageAsync(
        HttpContext context, string token, IReadOnlyList<Guid> ids, string? cursor, RunPayload payload, int? limit, RunReading reading)
    {
        var tree = await TreeAsync(context, token);
        var wanted = Wanted(tree, ids);
        if (wanted.Length == 0)
        {
            return new ReadRunPage([], null);
        }

        var query = new RunQuery
        {
            Workspace = tree.Workspace,
            Filter = new RunFilterBuilder().OneOf(Query.RunProperty.Id, wanted).Build(),
            Ascending = true,
            After = RunCursor.Parse(cursor),
            Limit = Math.Clamp(limit ?? 100, 1, 100),
            Payload = payload,
        };
        return await reading.QueryAsync(query, RunDetails.All, context.RequestAborted);
    }

    private static async Task<IResult> FeedbackAsync(HttpContext context, string token, RunReading reading, IRunStore runs)
    {
        var tree = await TreeAsync(context, token);
        var values = new RequestValues(context.Request);
        var asked = values.Ids("run");
        var wanted = Wanted(tree, asked);
        IReadOnlyList<Domain.Feedback> found = wanted.Length == 0 ? [] : await runs.ListFeedbackAsync(
            new FeedbackQuery { Workspace = tree.Workspace, RunIds = wanted, Keys = values.List("key"), Offset = values.Offset, Limit = values.Limit },
            context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartArray();
            foreach (var feedback in found)
            {
                FeedbackJson.Write(writer, feedback);
            }

            writer.WriteEndArray();
        });
    }

    private static void WriteAll(Utf8JsonWriter writer, ReadRunPage page, RunJson json)
    {
        writer.WriteStartArray();
        foreach (var run in page.Runs)
        {
            json.Write(writer, run);
        }

        writer.WriteEndArray();
    }

    /// <summary>The runs asked for, as far as they are shared; all when none is named.</summary>
    private static Guid[] Wanted(SharedTree tree, IReadOnlyList<Guid> asked)
    {
        var all = tree.Runs.Select(run => run.Id);
        return [.. asked.Count == 0 ? all : all.Intersect(asked)];
    }
}
