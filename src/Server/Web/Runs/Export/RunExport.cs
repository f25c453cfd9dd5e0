using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Web.Traces;
using Microsoft.AspNetCore.Http;

namespace LangSmith.Server.Web.Runs.Export;

/// <summary>Writes runs into files, a page of them at a time.</summary>
internal static class RunExport
{
    // A cell that a spreadsheet would take for a formula begins with an apostrophe.
    private static readonly CsvConfiguration s_csv = new(CultureInfo.InvariantCulture) { NewLine = "\n", InjectionOptions = InjectionOptions.Escape };

    /// <summary>The formats: name, type and writer.</summary>
    private static readonly (string Format, string MimeType, Func<Stream, IAsyncEnumerable<RunRecord>, CancellationToken, Task> Write)[] s_formats =
    [
        ("csv", "text/csv; charset=utf-8", WriteCsvAsync), ("jsonl", "application/jsonl", WriteJsonLinesAsync),
        ("parquet", "application/vnd.apache.parquet", ParquetExport.WriteAsync),
    ];

    /// <summary>The file as an answer; CSV for a format that is not known.</summary>
    public static IResult Send(HttpContext context, string? format, IAsyncEnumerable<RunRecord> runs)
    {
        var (name, type, write) = s_formats.FirstOrDefault(known => known.Format == format, s_formats[0]);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"runs.{name}\"";
        return Results.Stream(stream => write(stream, runs, context.RequestAborted), type);
    }

    private static async Task WriteCsvAsync(Stream stream, IAsyncEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await using var csv = new CsvWriter(text, s_csv);
        csv.Context.RegisterClassMap<ExportedRunColumns>();
        await csv.WriteRecordsAsync(runs.Select(ExportedRun.Of), cancellationToken);
    }

    private static async Task WriteJsonLinesAsync(Stream stream, IAsyncEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await foreach (var run in runs.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync((RawRun.Write(new ReadRun(run, run.Usage, null), indented: false) + "\n").AsMemory(), cancellationToken);
        }
    }
}
