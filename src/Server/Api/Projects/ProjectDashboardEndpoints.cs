using System.Text.Json;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Api.Projects;

/// <summary>The ready-made charts of a project, over its traces.</summary>
internal static class ProjectDashboardEndpoints
{
    private const int PointsMax = 1_000;
    private static readonly TimeSpan s_window = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_stride = TimeSpan.FromMinutes(15);

    private static readonly Chart[] s_charts =
    [
        new("Traces", "bar", [new("Traces", "run_count", figures => figures.Runs)]),
        new("Error rate", "line", [new("Error rate", "error_rate", figures => figures.Runs == 0 ? null : (decimal)figures.Errors / figures.Runs)]),
        new("Latency", "line",
        [
            new("P50", "latency_p50", figures => (decimal?)figures.Latency.Quantile(0.5)),
            new("P99", "latency_p99", figures => (decimal?)figures.Latency.Quantile(0.99)),
        ]),
        new("First token", "line",
        [
            new("P50", "first_token_p50", figures => (decimal?)figures.FirstToken.Quantile(0.5)),
            new("P99", "first_token_p99", figures => (decimal?)figures.FirstToken.Quantile(0.99)),
        ]),
        new("Tokens", "bar",
        [
            new("Prompt", "prompt_tokens", figures => figures.PromptTokens),
            new("Completion", "completion_tokens", figures => figures.CompletionTokens),
        ]),
        new("Cost", "bar", [new("Cost", "total_cost", figures => figures.TotalCost)]),
    ];

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/sessions/{sessionId}/dashboard", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, string sessionId, ICatalogue catalogue, FigureReading reading, TimeProvider time)
    {
        var project = await ProjectEndpoints.FindAsync(context, sessionId, catalogue);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var end = body.Time("end_time") ?? time.GetUtcNow();
        var start = body.Time("start_time") ?? end - s_window;
        var stride = Stride(body);
        if (start >= end || (end - start) / stride > PointsMax)
        {
            throw ProblemException.Invalid(
                $"From 'start_time' to 'end_time' there are to be 1 to {PointsMax:N0} points; give a longer 'stride' or other times.");
        }

        IReadOnlyList<RunFigures> buckets = body.Flag("omit_data") == true ? [] : await reading.GroupsAsync(
            new RunStatisticsQuery
            {
                Workspace = project.Workspace,
                ProjectIds = [project.Id],
                IsRoot = true,
                WholeTraces = true,
                From = start,
                To = end,
                Bucket = stride,
            },
            context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", project.Id);
            writer.WriteString("session_id", project.Id);
            writer.WriteString("title", project.Name);
            writer.WriteNull("description");
            writer.WriteNumber("index", 0);
            writer.WriteStartArray("charts");
            for (var index = 0; index < s_charts.Length; index++)
            {
                WriteChart(writer, index, project.Id, buckets.OrderBy(bucket => bucket.Bucket));
            }

            writer.WriteEndArray();
            writer.WriteNull("sub_sections");
            writer.WriteEndObject();
        });
    }

    private static TimeSpan Stride(BodyFields body)
    {
        if (body.Value("stride") is not { ValueKind: JsonValueKind.Object } given)
        {
            return s_stride;
        }

        var fields = new BodyFields(given);
        var minutes = ((((fields.Number("days") ?? 0) * 24L) + (fields.Number("hours") ?? 0)) * 60) + (fields.Number("minutes") ?? 0);
        return minutes is > 0 and <= 527_040 ? TimeSpan.FromMinutes(minutes) : throw ProblemException.Invalid("'stride' is from a minute to a year.");
    }

    private static void WriteChart(Utf8JsonWriter writer, int index, Guid project, IEnumerable<RunFigures> buckets)
    {
        var chart = s_charts[index];
        writer.WriteStartObject();
        writer.WriteString("id", $"{project}-{index}");
        writer.WriteString("title", chart.Title);
        writer.WriteNull("description");
        writer.WriteNumber("index", index);
        writer.WriteString("chart_type", chart.Type);
        writer.WriteStartArray("series");
        foreach (var series in chart.Series)
        {
            writer.WriteStartObject();
            writer.WriteString("id", series.Metric);
            writer.WriteString("name", series.Name);
            writer.WriteString("metric", series.Metric);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data");
        foreach (var bucket in buckets)
        {
            foreach (var series in chart.Series)
            {
                writer.WriteStartObject();
                writer.WriteString("series_id", series.Metric);
                writer.WriteTime("timestamp", bucket.Bucket);
                writer.WriteNumber("value", series.Value(bucket));
                writer.WriteNull("group");
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed record Chart(string Title, string Type, Series[] Series);

    private sealed record Series(string Name, string Metric, Func<RunFigures, decimal?> Value);
}
