using LangSmith.Server.Domain;
using Parquet;
using Parquet.Schema;

namespace LangSmith.Server.Web.Runs.Export;

/// <summary>Writes runs as Parquet, a row group for each thousand.</summary>
internal static class ParquetExport
{
    private const int GroupRuns = 1_000;

    private static readonly DataField[] s_fields =
    [
        Text("id"), Text("trace_id"), Text("parent_run_id"), Text("name"), Text("run_type"), Text("status"),
        new DataField<DateTime>("start_time"), new DataField<DateTime?>("end_time"), new DataField<double?>("latency_seconds"),
        new DataField<long?>("total_tokens"), new DataField<double?>("total_cost"), Text("tags"), Text("error"), Text("inputs"), Text("outputs"),
    ];

    /// <summary>Writes by way of a file: the format is written synchronously and asks its stream where it is, which an answer does not know.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await FillAsync(file, runs, cancellationToken);
        file.Position = 0;
        await file.CopyToAsync(stream, cancellationToken);
    }

    private static async Task FillAsync(Stream stream, IAsyncEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        var schema = new ParquetSchema(s_fields);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken);
        await foreach (var chunk in runs.Select(ExportedRun.Of).Chunk(GroupRuns).WithCancellation(cancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await WriteTextsAsync(0, run => run.Id.ToString());
            await WriteTextsAsync(1, run => run.TraceId.ToString());
            await WriteTextsAsync(2, run => run.ParentRunId?.ToString());
            await WriteTextsAsync(3, run => run.Name);
            await WriteTextsAsync(4, run => run.RunType);
            await WriteTextsAsync(5, run => run.Status);
            await group.WriteAsync<DateTime>(s_fields[6], chunk.Select(run => run.StartTime).ToArray(), cancellationToken: cancellationToken);
            await group.WriteAsync<DateTime>(s_fields[7], chunk.Select(run => run.EndTime).ToArray(), cancellationToken: cancellationToken);
            await group.WriteAsync<double>(s_fields[8], chunk.Select(run => run.LatencySeconds).ToArray(), cancellationToken: cancellationToken);
            await group.WriteAsync<long>(s_fields[9], chunk.Select(run => run.TotalTokens).ToArray(), cancellationToken: cancellationToken);
            await group.WriteAsync<double>(s_fields[10], chunk.Select(run => run.TotalCost).ToArray(), cancellationToken: cancellationToken);
            await WriteTextsAsync(11, run => run.Tags);
            await WriteTextsAsync(12, run => run.Error);
            await WriteTextsAsync(13, run => run.Inputs);
            await WriteTextsAsync(14, run => run.Outputs);

            Task WriteTextsAsync(int field, Func<ExportedRun, string?> value) => group.WriteAsync(s_fields[field], [.. chunk.Select(value)!]);
        }
    }

    private static DataField<string> Text(string name) => new(name);
}
