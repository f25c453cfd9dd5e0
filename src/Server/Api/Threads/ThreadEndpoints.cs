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
using LangSmith.Server.Storage.Statistics;

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
        "completion_token_details", "inputs", "outputs", "error",
    ];

    public static void Map(IEndpointRouteBuilder v2)
    {
        v2.MapPost("/threads/query", QueryAsync);
        v2.MapGet("/threads/{threadId}/traces", ListTurnsAsync);
        v2.MapGet("/threads/{threadId}/stats", StatisticsAsync);
    }

    private static async Task<IResult> QueryAsync(HttpContext context, ThreadReading threads)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var filter = new RunFilterBuilder()
            .Equal(RunProperty.ProjectId, body.Id("project_id") ?? throw ProblemException.BadRequest("'project_id' is missing."))
            .Started(body.Time("min_start_time"), body.Time("max_start_time"))
            .Add(FilterText.Parse("filter", body.Text("filter")))
            .Add(FilterText.Parse("trace_filter", body.Text("trace_filter")))
            .Build()!;
        var size = Math.Clamp(body.Number("page_size") ?? PageSizeDefault, 1, PageSizeMax);
        var offset = OffsetCursor.Parse(body.Text("cursor"));
        var (found, total) = await threads.ListAsync(context.Workspace(), filter, offset, size, context.RequestAborted);
        return RunEndpointsV2.Page(found, OffsetCursor.Print(offset + size < total ? offset + size : null), Write);
    }

    private static void Write(Utf8JsonWriter writer, ThreadSummary thread)
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
        writer.WriteEndObject();
    }

    private static async Task<IResult> ListTurnsAsync(HttpContext context, string threadId, RunReading reading)
    {
        var values = new RequestValues(context.Request);
        var selected = values.List("selects").Select(s => s.ToLowerInvariant()).ToList();
        var fields = selected.Count == 0 ? s_turnFields : s_turnFields.Where(selected.Contains).ToArray();
        var selection = RunSelectionV2.Of(fields);
        var own = new RunFilterBuilder()
            .OneOf(RunProperty.ProjectId, values.Ids("project_id"))
            .Add(FilterText.Parse("filter", values.Text("filter")))
            .Build();
        var query = new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = ThreadReading.Turns(threadId, own),
            After = RunCursor.Parse(values.Text("cursor")),
            Limit = values.Number("page_size", PageSizeDefault, 1, PageSizeMax),
            Payload = selection.Payload,
        };
        var page = await reading.QueryAsync(query, selection.Details, context.RequestAborted);
        var json = new RunJsonV2(context.Links(), selection);
        return RunEndpointsV2.Page(page.Runs, page.Next, (writer, run) =>
        {
            writer.WriteStartObject();
            json.WriteFields(writer, run);
            if (selected.Count == 0 || selected.Contains("latency"))
            {
                writer.WriteNumber("latency", (run.Record.EndTime - run.Record.StartTime)?.TotalSeconds);
            }

            if (selected.Count == 0 || selected.Contains("op"))
            {
                writer.WriteString("op", run.Record.RunType);
            }

            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> StatisticsAsync(HttpContext context, string threadId, ThreadReading threads)
    {
        var values = new RequestValues(context.Request);
        var selects = values.List("selects");
        if (selects.Count == 0)
        {
            throw ProblemException.BadRequest("'selects' is missing; name at least one, such as TURNS.");
        }

        var filter = new RunFilterBuilder()
            .OneOf(RunProperty.ProjectId, values.Ids("session_id"))
            .Add(FilterText.Parse("filter", values.Text("filter"))).Build();
        var thread = await threads.FindAsync(context.Workspace(), threadId, filter, context.RequestAborted)
            ?? throw ProblemException.NotFound("Thread", threadId);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            foreach (var name in selects.Select(s => s.ToLowerInvariant()).Distinct(StringComparer.Ordinal))
            {
                WriteStatistic(writer, name, thread);
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteStatistic(Utf8JsonWriter writer, string name, ThreadSummary thread)
    {
        var statistics = thread.Figures;
        switch (name)
        {
            case "turns":
                writer.WriteNumber(name, statistics.Runs);
                break;
            case "first_start_time":
                writer.WriteTime(name, thread.First.StartTime);
                break;
            case "last_start_time":
                writer.WriteTime(name, thread.Last.StartTime);
                break;
            case "last_end_time":
                writer.WriteTime(name, thread.Last.EndTime);
                break;
            case "latency_p50" or "latency_p99":
                writer.WriteNumber($"{name}_seconds", name == "latency_p50" ? statistics.Latency.Quantile(0.5) : statistics.Latency.Quantile(0.99));
                break;
            default:
                RunJsonV2.WriteUsage(writer, name, Usage(statistics));
                break;
        }
    }

    private static RunUsage Usage(RunFigures figures) => new()
    {
        PromptTokens = figures.PromptTokens,
        CompletionTokens = figures.CompletionTokens,
        TotalTokens = figures.TotalTokens,
        PromptCost = figures.PromptCost,
        CompletionCost = figures.CompletionCost,
        TotalCost = figures.TotalCost,
    };
}
