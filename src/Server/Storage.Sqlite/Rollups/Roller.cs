using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Rolls up the spans that changed and have been quiet since. Reads beside the writer; the writer's part of a span is small.</summary>
/// <remarks>Hours first: an hour that is rolled up needs its minutes no more. What remains are the minutes of hours that runs are written to.</remarks>
internal sealed class Roller(Database database, WriterThread writer, TimeSpan quiet, TimeProvider time)
{
    private const int SpansMax = 100;

    public const string QuietSql =
        """
        SELECT workspace, project_id, number, changes FROM rollup_span
        WHERE changes <> rolled AND grain = ?1 AND changed_at <= ?2 ORDER BY changed_at LIMIT ?3
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RunAsync(RollupGrain.Hour, cancellationToken).ConfigureAwait(false);
        await RunAsync(RollupGrain.Minute, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(RollupGrain grain, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - quiet;
        List<RollupSpan> spans;
        do
        {
            spans = await database.ReadAsync(statements => Quiet(statements, grain, before), cancellationToken).ConfigureAwait(false);
            foreach (var span in spans)
            {
                var figures = await database.ReadAsync(
                    statements => Serialized(new SpanFigures(statements, span).Read()), cancellationToken).ConfigureAwait(false);
                await writer.WriteAsync((statements, _) => RollupRows.Write(statements, span, figures)).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        while (spans.Count == SpansMax);
    }

    /// <summary>The spans whose turn it is.</summary>
    private static List<RollupSpan> Quiet(Statements statements, RollupGrain grain, DateTimeOffset before) =>
        statements.Prepare(QuietSql).List(
            row => new RollupSpan(new WorkspaceId(row.Id(0)), row.Id(1), grain, row.Number(2), row.Number(3)), (long)grain, before, (long)SpansMax);

    private static List<(RollupKey Key, byte[] Figures)> Serialized(IReadOnlyDictionary<RollupKey, FiguresSum> sums) =>
        [.. sums.Select(sum => (sum.Key, sum.Value.Runs == 0 ? [] : sum.Value.ToBytes()))];
}
