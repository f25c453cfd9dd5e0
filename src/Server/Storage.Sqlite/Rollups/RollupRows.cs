using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Writes and removes kept figures.</summary>
internal static class RollupRows
{
    /// <summary>Puts the figures of a span in the place of those that it had, and notes that they hold.</summary>
    /// <returns>Whether they did: a change since the runs were read makes what was read worthless; the span's turn comes again.</returns>
    public static bool Write(Statements statements, RollupSpan span, List<(RollupKey Key, byte[] Figures)> figures)
    {
        object[] place = [span.Workspace.Value, span.Project, (long)span.Grain, span.Number];
        var changes = statements.Prepare("SELECT changes FROM rollup_span WHERE workspace = ?1 AND project_id = ?2 AND grain = ?3 AND number = ?4")
            .Scalar(place);
        if (changes as long? != span.Changes)
        {
            return false;
        }

        Delete(statements, span, span.Grain, span.Number, span.Number + 1);
        foreach (var (key, bytes) in figures)
        {
            statements.Execute(
                """
                INSERT INTO rollup_figures (workspace, project_id, grain, number, dimension, key, scope, value, figures)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """,
                [.. place, (long)key.Grouping.Dimension, key.Grouping.Key, (long)key.Scope, key.Value, bytes]);
        }

        statements.Execute(
            figures.Count == 0
                ? "DELETE FROM rollup_span WHERE workspace = ?1 AND project_id = ?2 AND grain = ?3 AND number = ?4"
                : "UPDATE rollup_span SET rolled = changes WHERE workspace = ?1 AND project_id = ?2 AND grain = ?3 AND number = ?4",
            place);
        if (span.Grain == RollupGrain.Hour)
        {
            DeleteMinutes(statements, span);
        }

        return true;
    }

    private static void DeleteMinutes(Statements statements, RollupSpan hour)
    {
        var (first, end) = (hour.Number * (long)RollupGrain.Hour, (hour.Number + 1) * (long)RollupGrain.Hour);
        Delete(statements, hour, RollupGrain.Minute, first, end);
        statements.Execute(
            "DELETE FROM rollup_span WHERE workspace = ?1 AND project_id = ?2 AND grain = ?3 AND number >= ?4 AND number < ?5",
            hour.Workspace.Value, hour.Project, (long)RollupGrain.Minute, first, end);
    }

    private static void Delete(Statements statements, RollupSpan span, RollupGrain grain, long first, long end) => statements.Execute(
        "DELETE FROM rollup_figures WHERE workspace = ?1 AND project_id = ?2 AND grain = ?3 AND number >= ?4 AND number < ?5",
        span.Workspace.Value, span.Project, (long)grain, first, end);
}
