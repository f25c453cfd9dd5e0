using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Threads;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Api.Threads;

/// <summary>Figures of one thread, and of all that match.</summary>
internal static class ThreadStatisticsEndpoints
{
    private static readonly string[] s_figures =
    [
        "latency_p50", "latency_p99", "prompt_tokens", "completion_tokens", "total_tokens", "prompt_cost", "completion_cost", "total_cost",
        "prompt_token_details", "completion_token_details", "prompt_cost_details", "completion_cost_details",
    ];

    private static readonly string[] s_ofOne = [.. s_figures, "turns", "first_start_time", "last_start_time", "last_end_time", "feedback_stats"];

    private static readonly string[] s_ofAll =
    [
        .. s_figures, "thread_count", "trace_count", "error_rate", "streaming_rate", "median_tokens", "first_token_p50", "first_token_p99",
        "thread_feedback_stats",
    ];

    public static void Map(IEndpointRouteBuilder v2)
    {
        v2.MapGet("/threads/{threadId}/stats", OfOneAsync);
        v2.MapPost("/threads/stats", OfAllAsync);
    }

    private static async Task<IResult> OfOneAsync(HttpContext context, string threadId, ThreadReading threads)
    {
        var values = new RequestValues(context.Request);
        var selects = Selected(values.List("selects"), "selects", s_ofOne);
        var filter = new RunFilterBuilder()
            .OneOf(RunProperty.ProjectId, values.Ids("session_id"))
            .Add(FilterText.Parse("filter", values.Text("filter"))).Build();
        var thread = await threads.FindAsync(context.Workspace(), threadId, new ThreadQuery(filter), context.RequestAborted)
            ?? throw ProblemException.NotFound("Thread", threadId);
        var feedback = selects.Contains("feedback_stats")
            ? await threads.FeedbackAsync(context.Workspace(), threadId, new ThreadQuery(filter), context.RequestAborted)
            : null;
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            foreach (var name in selects)
            {
                Write(writer, name, thread, feedback);
            }

            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> OfAllAsync(HttpContext context, ThreadReading threads, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var selects = Selected(body.List("select"), "select", s_ofAll);
        var (count, figures) = await threads.SumAsync(context.Workspace(), ThreadEndpoints.Query(body, time), context.RequestAborted);
        var feedback = selects.Contains("thread_feedback_stats")
            ? await threads.ProjectFeedbackAsync(context.Workspace(), body.Id("project_id")!.Value, context.RequestAborted)
            : [];
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            foreach (var name in selects)
            {
                Write(writer, name, count, figures, feedback);
            }

            writer.WriteEndObject();
        });
    }

    private static string[] Selected(IReadOnlyList<string> given, string name, string[] known)
    {
        string[] selected = [.. given.Select(field => field.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return selected.Length > 0 && selected.All(known.Contains)
            ? selected
            : throw ProblemException.BadRequest($"'{name}' names at least one of {string.Join(", ", known.Select(field => field.ToUpperInvariant()))}.");
    }

    private static void Write(Utf8JsonWriter writer, string name, ThreadSummary thread, IReadOnlyList<FeedbackSummary>? feedback)
    {
        switch (name)
        {
            case "turns":
                writer.WriteNumber(name, thread.Figures.Runs);
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
            case "feedback_stats":
                FeedbackJson.WriteStats(writer, name, feedback ?? []);
                break;
            default:
                WriteFigure(writer, name, thread.Figures);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, int threads, RunFigures figures, IReadOnlyList<FeedbackSummary> feedback)
    {
        switch (name)
        {
            case "thread_count":
                writer.WriteNumber(name, threads);
                break;
            case "trace_count":
                writer.WriteNumber(name, figures.Runs);
                break;
            case "error_rate":
                writer.WriteNumber(name, figures.Runs == 0 ? null : (double)figures.Errors / figures.Runs);
                break;
            case "streaming_rate":
                writer.WriteNumber(name, figures.Ended == 0 ? null : (double)figures.Streamed / figures.Ended);
                break;
            case "median_tokens":
                writer.WriteNumber(name, figures.TotalTokensPerRun.Quantile(0.5) is { } median ? Math.Round(median) : null);
                break;
            case "first_token_p50" or "first_token_p99":
                writer.WriteNumber($"{name}_seconds", figures.FirstToken.Quantile(name.EndsWith("50", StringComparison.Ordinal) ? 0.5 : 0.99));
                break;
            case "thread_feedback_stats":
                FeedbackJson.WriteStats(writer, name, feedback);
                break;
            default:
                WriteFigure(writer, name, figures);
                break;
        }
    }

    private static void WriteFigure(Utf8JsonWriter writer, string name, RunFigures figures)
    {
        if (name is "latency_p50" or "latency_p99")
        {
            writer.WriteNumber($"{name}_seconds", figures.Latency.Quantile(name == "latency_p50" ? 0.5 : 0.99));
        }
        else
        {
            RunJsonV2.WriteUsage(writer, name, Usage(figures));
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
