using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Explore;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Runs;

/// <summary>Reads runs and traces the v2 way.</summary>
internal static class RunEndpointsV2
{
    private const int PageSizeMax = 1_000;
    private const int TracePageSizeMax = 100;
    private const int TraceRunsMax = 25_000;

    /// <summary>What of a selected root run stands beside it, as figures of its trace.</summary>
    private static readonly string[] s_aggregates = ["total_tokens", "total_cost", "first_token_time"];

    public static void Map(IEndpointRouteBuilder v2)
    {
        v2.MapPost("/runs/query", QueryAsync);
        v2.MapGet("/runs/{runId}", ReadAsync);
        v2.MapGet("/traces/{traceId}/runs", ListTraceAsync);
        v2.MapPost("/traces/query", QueryTracesAsync);
    }

    private static async Task<IResult> QueryAsync(HttpContext context, RunReading reading, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        QueryWindow.RefuseQuestions(body);
        var projects = body.Ids("project_ids");
        var dataset = body.Id("reference_dataset_id");
        var isByIds = body.Ids("ids").Count > 0 || body.Id("trace_id") is not null;
        if (dataset is not null ? projects.Count > 0 : projects.Count == 0 && !isByIds && body.Ids("reference_examples").Count == 0)
        {
            throw ProblemException.BadRequest("Give 'project_ids', or else 'reference_dataset_id'; or 'ids', 'trace_id' or 'reference_examples' alone.");
        }

        var selection = RunSelectionV2.Of(body.List("selects"));
        var query = new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = new RunFilterBuilder()
                .OneOf(RunProperty.Id, body.Ids("ids"))
                .OneOf(RunProperty.ProjectId, projects)
                .Equal(RunProperty.ReferenceDatasetId, dataset is { } id ? (FilterValue)id : null)
                .OneOf(RunProperty.ReferenceExampleId, body.Ids("reference_examples"))
                .Equal(RunProperty.TraceId, body.Id("trace_id"))
                .Equal(RunProperty.RunType, body.Text("run_type") is { Length: > 0 } type ? (FilterValue)type.ToLowerInvariant() : null)
                .Equal(RunProperty.IsRoot, body.Flag("is_root"))
                .Failed(body.Flag("has_error"))
                .StartedInWindow(body, time, isByIds)
                .Add(FilterText.Parse("filter", body.Text("filter")))
                .Build(),
            TraceFilter = FilterText.Parse("trace_filter", body.Text("trace_filter")),
            TreeFilter = FilterText.Parse("tree_filter", body.Text("tree_filter")),
            Ascending = string.Equals(body.Text("sort_order"), "ASC", StringComparison.OrdinalIgnoreCase),
            After = RunCursor.Parse(body.Text("cursor")),
            Limit = Math.Clamp(body.Number("page_size") ?? 100, 1, PageSizeMax),
            Payload = selection.Payload,
        };
        var page = await reading.QueryAsync(query, selection.Details, context.RequestAborted);
        var json = await JsonAsync(context, page.Runs, selection);
        return Page(page.Runs, page.Next, json.Write);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string runId, RunReading reading)
    {
        var id = RequestValues.ParseId("run_id", runId);
        var selection = RunSelectionV2.Of(new RequestValues(context.Request).List("selects"));
        var run = await reading.FindAsync(context.Workspace(), id, selection.Payload, context.RequestAborted)
            ?? throw ProblemException.NotFound("Run", id);
        var json = await JsonAsync(context, [run], selection);
        return JsonBody.Ok(writer => json.Write(writer, run));
    }

    private static async Task<IResult> ListTraceAsync(HttpContext context, string traceId, RunReading reading)
    {
        var id = RequestValues.ParseId("trace_id", traceId);
        var values = new RequestValues(context.Request);
        var selection = RunSelectionV2.Of(values.List("selects"));
        var query = new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = new RunFilterBuilder()
                .Equal(RunProperty.TraceId, id)
                .Equal(RunProperty.ProjectId, values.Id("project_id") is { } project ? (FilterValue)project : null)
                .Started(values.Time("min_start_time"), values.Time("max_start_time"))
                .Add(FilterText.Parse("filter", values.Text("filter")))
                .Build(),
            Ascending = true,
            Limit = PageSizeMax,
            Payload = selection.Payload,
        };
        var runs = new List<ReadRun>();
        for (RunQuery? next = query; next is not null && runs.Count < TraceRunsMax;)
        {
            var page = await reading.QueryAsync(next, selection.Details, context.RequestAborted);
            runs.AddRange(page.Runs);
            next = page.Next is { } position ? next with { After = position } : null;
        }

        var json = await JsonAsync(context, runs, selection);
        return Page(runs.OrderBy(r => r.Record.DottedOrder, StringComparer.Ordinal), (string?)null, json.Write);
    }

    private static async Task<IResult> QueryTracesAsync(HttpContext context, RunReading reading, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        QueryWindow.RefuseQuestions(body);
        var projects = body.Ids("project_id");
        var traces = body.Ids("trace_ids");
        if (projects.Count + traces.Count == 0)
        {
            throw ProblemException.BadRequest("'project_id' is missing.");
        }

        var selection = RunSelectionV2.Of(body.List("selects"));
        var query = new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = new RunFilterBuilder()
                .OneOf(RunProperty.ProjectId, projects)
                .OneOf(RunProperty.TraceId, traces)
                .Equal(RunProperty.IsRoot, true)
                .StartedInWindow(body, time, isByIds: traces.Count > 0)
                .Add(FilterText.Parse("trace_filter", body.Text("trace_filter")))
                .Build(),
            TreeFilter = FilterText.Parse("tree_filter", body.Text("tree_filter")),
            After = RunCursor.Parse(body.Text("cursor")),
            Limit = Math.Clamp(body.Number("page_size") ?? 20, 1, TracePageSizeMax),
            Payload = selection.Payload,
        };
        var page = await reading.QueryAsync(query, selection.Details, context.RequestAborted);
        var json = await JsonAsync(context, page.Runs, selection.Without(s_aggregates));
        string[] aggregates = [.. s_aggregates.Where(selection.Fields.Contains)];
        return Page(page.Runs, page.Next, (writer, run) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("root_run");
            json.Write(writer, run);
            if (aggregates.Length > 0)
            {
                writer.WriteStartObject("trace_aggregates");
                WriteAggregates(writer, aggregates, run);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Writes runs, and what is kept beside them when it is selected.</summary>
    internal static async Task<RunJsonV2> JsonAsync(HttpContext context, IReadOnlyCollection<ReadRun> runs, RunSelectionV2 selection) => new(
        context.Links(), selection,
        await RunMarks.ReadAsync(
            context, runs, shares: selection.Fields.Contains("share_url"), queued: selection.Fields.Contains("last_queued_at")));

    private static void WriteAggregates(Utf8JsonWriter writer, string[] names, ReadRun run)
    {
        foreach (var name in names)
        {
            if (name == "first_token_time")
            {
                writer.WriteTime(name, run.FirstTokenTime);
            }
            else
            {
                RunJsonV2.WriteUsage(writer, name, run.Usage);
            }
        }
    }

    /// <summary>A v2 page; the cursor is null on the last.</summary>
    internal static CursorPage Page<T>(IEnumerable<T> items, RunPosition? next, Action<Utf8JsonWriter, T> write) =>
        Page(items, RunCursor.Print(next), write);

    /// <inheritdoc cref="Page{T}(IEnumerable{T}, RunPosition?, Action{Utf8JsonWriter, T})"/>
    internal static CursorPage Page<T>(IEnumerable<T> items, string? next, Action<Utf8JsonWriter, T> write) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
        writer.WriteString("next_cursor", next);
        writer.WriteBoolean("has_more", next is not null);
        writer.WriteEndObject();
    });
}
