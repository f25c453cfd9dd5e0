using System.Globalization;
using System.Text;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Web.Shell;
using LangSmith.Server.Web.Traces;

namespace LangSmith.Server.Web.Runs;

/// <summary>Writes runs into files.</summary>
internal static class RunExport
{
    private const string Header =
        "id,trace_id,parent_run_id,name,run_type,status,start_time,end_time,latency_seconds,total_tokens,total_cost,tags,error,inputs,outputs\n";

    public static async Task WriteCsvAsync(Stream stream, IAsyncEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(Header.AsMemory(), cancellationToken);
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            string?[] cells =
            [
                run.Id.ToString(), run.TraceId.ToString(), run.ParentRunId?.ToString(), run.Name, run.RunType, RunLook.Status(run.Status),
                Time(run.StartTime), run.EndTime is { } end ? Time(end) : null,
                (run.EndTime - run.StartTime)?.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                run.Usage.TotalTokens?.ToString(CultureInfo.InvariantCulture),
                run.Usage.TotalCost?.ToString(CultureInfo.InvariantCulture), string.Join(' ', run.Tags), run.Error,
                Encoding.UTF8.GetString(run.Inputs.Span), Encoding.UTF8.GetString(run.Outputs.Span),
            ];
            await writer.WriteAsync((string.Join(',', cells.Select(Cell)) + "\n").AsMemory(), cancellationToken);
        }
    }

    public static async Task WriteJsonLinesAsync(Stream stream, IAsyncEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync((RawRun.Write(new ReadRun(run, run.Usage, null), indented: false) + "\n").AsMemory(), cancellationToken);
        }
    }

    /// <summary>Quoted where needed. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var harmless = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
