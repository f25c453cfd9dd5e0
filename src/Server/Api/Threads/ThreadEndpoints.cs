using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Explore.Threads;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Threads;

/// <summary>Threads: the root runs that share a thread id in their metadata.</summary>
internal static class ThreadEndpoints
{
    private const int PageSizeMax = 100;
    private const int PageSizeDefault = 20;

    private static readonly string[] s_turnFields =
    [
        "thread_id", "trace_id", "name", "start_time", "end_time", "first_token_time", "inputs_preview", "outputs_preview", "error_preview",
        "prompt_tokens", "completion_tokens", "total_tokens", "prompt_cost", "completion_cost", "total_cost", "prompt_token_details",
        "completion_token_details", "prompt_cost_details", "completion_cost_details", "inputs", "outputs", "error",
    ];

    /// <summary>What turns have and runs have not, or by another name.</summary>
    private static readonly string[] s_turnsOwnFields = ["latency", "op", "turn_number"];

    public static void Map(IEndpointRouteBuilder v2)
    {
        v2.MapPost("/threads/query", QueryAsync);
        v2.MapGet("/threads/{threadId}/traces", ListTurnsAsync);
        ThreadStatisticsEndpoints.Map(v2);
    }

    private static async Task<IResult> QueryAsync(HttpContext context, ThreadReading threads, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var query = Query(body, time);
        var size = Math.Clamp(body.Number("page_size") ?? PageSizeDefault, 1, PageSizeMax);
        var offset = OffsetCursor.Parse(body.Text("cursor"));
        var (found, total) = await threads.ListAsync(context.Workspace(), query, offset, size, context.RequestAborted);
        var feedback = new Dictionary<string, IReadOnlyList<FeedbackSummary>>(StringComparer.Ordinal);
        foreach (var thread in found)
        {
            feedback[thread.ThreadId] = await threads.FeedbackAsync(context.Workspace(), thread.ThreadId, query, context.RequestAborted);
        }

        return RunEndpointsV2.Page(
            found, OffsetCursor.Print(offset + size < total ? offset + size : null), (writer, thread) => Write(writer, thread, feedback[thread.ThreadId]));
    }

    /// <summary>Reads which threads a body asks for.</summary>
    public static ThreadQuery Query(BodyFields body, TimeProvider time)
    {
        QueryWindow.RefuseQuestions(body);
        if (body.Text("thread_filter") is { Length: > 0 })
        {
            throw new ProblemException(
                StatusCodes.Status501NotImplemented,
                "This server has no filters on figures of whole threads ('thread_filter'). Use 'trace_filter' or 'tree_filter'.");
        }

        var filter = new RunFilterBuilder()
            .Equal(RunProperty.ProjectId, body.Id("project_id") ?? throw ProblemException.BadRequest("'project_id' is missing."))
            .StartedInWindow(body, time)
            .Add(FilterText.Parse("filter", body.Text("filter")))
            .Add(FilterText.Parse("trace_filter", body.Text("trace_filter")))
            .Build();
        return new ThreadQuery(filter, FilterText.Parse("tree_filter", body.Text("tree_filter")));
    }

    private static void Write(Utf8JsonWriter writer, ThreadSummary thread, IReadOnlyList<FeedbackSummary> feedback)
    {
        var statistics = thread.Figures;
        writer.WriteStartObject();
        writer.WriteString("thread_id", thread.ThreadId);
        writer.WriteNumber("count", statistics.Runs);
        writer.WriteTime("start_time", thread.Last.StartTime);
        writer.WriteTime("min_start_time", thread.First.StartTime);
        writer.WriteTime("max_start_time", thread.Last.StartTime);
        writer.WriteString("trace_id", thread.Last.TraceId);
        writer.WriteString("first_trace_id", thread.First.TraceId);
        writer.WriteString("last_trace_id", thread.Last.TraceId);
        writer.WriteString("first_inputs", thread.First.InputsPreview);
        writer.WriteString("last_outputs", thread.Last.OutputsPreview);
        writer.WriteString("last_error", thread.Last.Error);
        writer.WriteNumber("latency_p50", statistics.Latency.Quantile(0.5));
        writer.WriteNumber("latency_p99", statistics.Latency.Quantile(0.99));
        writer.WriteNumber("num_errored_turns", statistics.Errors);
        writer.WriteNumber("total_tokens", statistics.TotalTokens ?? 0);
        writer.WriteNumber("total_cost", statistics.TotalCost);
        FeedbackJson.WriteStats(writer, "feedback_stats", feedback);
        writer.WriteEndObject();
    }

    private static async Task<IResult> ListTurnsAsync(HttpContext context, string threadId, RunReading reading)
    {
        var values = new RequestValues(context.Request);
        var selected = values.List("selects").Select(s => s.ToLowerInvariant()).ToList();
        if (selected.Find(field => !s_turnFields.Contains(field) && !s_turnsOwnFields.Contains(field)) is { } unknown)
        {
            throw ProblemException.BadRequest($"'selects' names '{unknown.ToUpperInvariant()}', which no turn of a thread has.");
        }

        // The trace is told whether selected or not.
        var selection = RunSelectionV2.Of(selected.Count == 0 ? s_turnFields : ["trace_id", .. selected.Except(s_turnsOwnFields)]);
        var project = new RunFilterBuilder().OneOf(RunProperty.ProjectId, values.Ids("project_id")).Build();
        var own = new RunFilterBuilder().Add(project)
            .Add(FilterText.Parse("filter", values.Text("filter")))
            .Add(FilterText.Parse("trace_filter", values.Text("trace_filter")))
            .Build();
        var query = new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = ThreadReading.Turns(threadId, own),
            TreeFilter = FilterText.Parse("tree_filter", values.Text("tree_filter")),
            After = RunCursor.Parse(values.Text("cursor")),
            Limit = values.Number("page_size", PageSizeDefault, 1, PageSizeMax),
            Payload = selection.Payload,
        };
        var page = await reading.QueryAsync(query, selection.Details, context.RequestAborted);
        var numbers = selected.Contains("turn_number") ? await NumbersAsync(context, ThreadReading.Turns(threadId, project), reading) : null;
        var json = new RunJsonV2(context.Links(), selection);
        return RunEndpointsV2.Page(page.Runs, page.Next, (writer, run) =>
        {
            writer.WriteStartObject();
            json.WriteFields(writer, run);
            if (selected.Count == 0 || selected.Contains("latency"))
            {
                writer.WriteNumber("latency", (run.Record.EndTime - run.Record.StartTime)?.TotalSeconds);
            }

            if (selected.Contains("op"))
            {
                // A number for the run's type that is documented nowhere: better none than a wrong one.
                writer.WriteNull("op");
            }

            if (numbers is not null)
            {
                writer.WriteNumber("turn_number", numbers[run.Record.Id]);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>The places of all turns of a thread, counted from 1 in the order of their start.</summary>
    private static async Task<Dictionary<Guid, int>> NumbersAsync(HttpContext context, RunFilter turns, RunReading reading)
    {
        var query = new RunQuery { Workspace = context.Workspace(), Filter = turns, Ascending = true, Payload = RunPayload.None };
        var numbers = new Dictionary<Guid, int>();
        await foreach (var run in reading.AllAsync(query, context.RequestAborted))
        {
            numbers[run.Id] = numbers.Count + 1;
        }

        return numbers;
    }
}
