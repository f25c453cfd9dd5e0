using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Rolls up the hours that changed and have been quiet since. Reads beside the writer; the writer's part of an hour is small.</summary>
internal sealed class Roller(Database database, WriterThread writer, TimeSpan quiet, TimeProvider time)
{
    private const int HoursMax = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - quiet;
        while (true)
        {
            var hours = await database.ReadAsync(
                statements => statements.Prepare(
                    """
                    SELECT workspace, project_id, hour, changes FROM rollup_hour
                    WHERE changes <> rolled AND changed_at <= ?1 ORDER BY changed_at LIMIT ?2
                    """)
                    .List(row => new RollupHour(new WorkspaceId(row.Id(0)), row.Id(1), row.GetInt64(2), row.GetInt64(3)), before, (long)HoursMax),
                cancellationToken).ConfigureAwait(false);
            foreach (var hour in hours)
            {
                await RollAsync(hour, cancellationToken).ConfigureAwait(false);
            }

            if (hours.Count < HoursMax)
            {
                return;
            }
        }
    }

    private async Task RollAsync(RollupHour hour, CancellationToken cancellationToken)
    {
        var figures = await database.ReadAsync(
            statements => Serialized(new HourFigures(statements, hour).Read()), cancellationToken).ConfigureAwait(false);
        await writer.WriteAsync((statements, _) => Store(statements, hour, figures)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static List<(RollupKey Key, byte[] Figures)> Serialized(IReadOnlyDictionary<RollupKey, FiguresSum> sums) =>
        [.. sums.Select(sum => (sum.Key, sum.Value.Runs == 0 ? [] : sum.Value.ToBytes()))];

    private static bool Store(Statements statements, RollupHour hour, List<(RollupKey Key, byte[] Figures)> figures)
    {
        // A change since the runs were read makes what was read worthless; the hour's turn comes again.
        var changes = statements.Prepare("SELECT changes FROM rollup_hour WHERE workspace = ?1 AND project_id = ?2 AND hour = ?3")
            .Scalar(hour.Workspace.Value, hour.Project, hour.Hour) as long?;
        if (changes != hour.Changes)
        {
            return false;
        }

        foreach (var dimension in Enum.GetValues<RollupDimension>())
        {
            for (var scope = -1L; scope <= (long)RollupScope.WholeTraces; scope++)
            {
                statements.Execute(
                    "DELETE FROM rollup WHERE workspace = ?1 AND project_id = ?2 AND dimension = ?3 AND scope = ?4 AND hour = ?5",
                    hour.Workspace.Value, hour.Project, (long)dimension, scope, hour.Hour);
            }
        }

        foreach (var (key, bytes) in figures)
        {
            statements.Execute(
                "INSERT INTO rollup (workspace, project_id, dimension, scope, hour, value, figures) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                hour.Workspace.Value, hour.Project, (long)key.Dimension, (long)key.Scope, hour.Hour, key.Value, bytes);
        }

        statements.Execute(
            figures.Count == 0
                ? "DELETE FROM rollup_hour WHERE workspace = ?1 AND project_id = ?2 AND hour = ?3"
                : "UPDATE rollup_hour SET rolled = changes WHERE workspace = ?1 AND project_id = ?2 AND hour = ?3",
            hour.Workspace.Value, hour.Project, hour.Hour);
        return true;
    }
}
