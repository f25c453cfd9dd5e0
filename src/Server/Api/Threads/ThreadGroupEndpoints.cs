using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Explore.Threads;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Api.Threads;

/// <summary>Threads the v1 way: groups of runs by conversation.</summary>
internal static class ThreadGroupEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapPost("/runs/group", GroupAsync);
        v1.MapPost("/runs/group/stats", StatisticsAsync);
        v1.MapGet("/runs/threads/{threadId}", ReadAsync);
    }

    private static RunFilter Filter(BodyFields body) => new RunFilterBuilder()
        .Equal(RunProperty.ProjectId, body.Id("session_id") ?? throw ProblemException.Invalid("'session_id' is missing."))
        .Started(body.Time("start_time"), body.Time("end_time"))
        .Add(FilterText.Parse("filter", body.Text("filter")))
        .Build()!;

    private static async Task<IResult> GroupAsync(HttpContext context, ThreadReading threads)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        if (body.Text("group_by") is { } by && by != "conversation")
        {
            throw ProblemException.Invalid($"'group_by' is '{by}'; give conversation.");
        }

        var query = new ThreadQuery(Filter(body));
        var (found, total) = await threads.ListAsync(
            context.Workspace(), query, Math.Max(body.Number("offset") ?? 0, 0), Math.Clamp(body.Number("limit") ?? 10, 1, 100),
            context.RequestAborted);
        var feedback = new Dictionary<string, IReadOnlyList<FeedbackSummary>>(StringComparer.Ordinal);
        foreach (var thread in found)
        {
            feedback[thread.ThreadId] = await threads.FeedbackAsync(context.Workspace(), thread.ThreadId, query, context.RequestAborted);
        }

        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("groups");
            foreach (var thread in found)
            {
                writer.WriteStartObject();
                WriteProperties(writer, thread);
                FeedbackJson.WriteStats(writer, "feedback_stats", feedback[thread.ThreadId]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("total", total);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> StatisticsAsync(HttpContext context, FigureReading reading, ThreadReading threads)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var turns = Filter(new BodyFields(document.RootElement));
        var (count, _) = await threads.SumAsync(context.Workspace(), new ThreadQuery(turns), context.RequestAborted);
        var filter = new RunFilter.AllOf(turns, new RunFilter.Not(new RunFilter.IsAbsent(RunProperty.ThreadId)));
        var figures = await reading.OfAsync(
            new RunStatisticsQuery { Workspace = context.Workspace(), Filter = filter, IsRoot = true, WholeTraces = true }, context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            StatisticsJson.WriteProperties(writer, figures);
            writer.WriteNumber("group_count", count);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string threadId, ThreadReading threads)
    {
        var filter = new RunFilterBuilder().OneOf(RunProperty.ProjectId, new RequestValues(context.Request).Ids("session_id")).Build();
        var thread = await threads.FindAsync(context.Workspace(), threadId, new ThreadQuery(filter), context.RequestAborted)
            ?? throw ProblemException.NotFound("Thread", threadId);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            WriteProperties(writer, thread);
            // Of the formats that clients may ask for, the one that needs no more than the previews of two turns.
            writer.WriteStartObject("previews");
            writer.WriteString("first_human_last_ai", $"{thread.First.InputsPreview}\n\n{thread.Last.OutputsPreview}");
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void WriteProperties(Utf8JsonWriter writer, ThreadSummary thread)
    {
        var figures = thread.Figures;
        writer.WriteString("group_key", thread.ThreadId);
        writer.WriteString("thread_id", thread.ThreadId);
        writer.WriteNumber("count", figures.Runs);
        writer.WriteNumber("total_tokens", figures.TotalTokens ?? 0);
        writer.WriteNumber("total_cost", figures.TotalCost);
        writer.WriteTime("min_start_time", thread.First.StartTime);
        writer.WriteTime("max_start_time", thread.Last.StartTime);
        writer.WriteNumber("latency_p50", figures.Latency.Quantile(0.5));
        writer.WriteNumber("latency_p99", figures.Latency.Quantile(0.99));
        writer.WriteString("first_inputs", thread.First.InputsPreview);
        writer.WriteString("last_outputs", thread.Last.OutputsPreview);
        writer.WriteString("last_error", thread.Last.Error);
        writer.WriteString("filter", $"eq(thread_id, {JsonSerializer.Serialize(thread.ThreadId)})");
    }
}
