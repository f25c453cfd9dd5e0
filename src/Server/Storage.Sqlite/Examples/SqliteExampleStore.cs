using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Examples;

/// <inheritdoc/>
internal sealed class SqliteExampleStore(Database database, WriterThread writer) : IExampleStore
{
    public Task WriteAsync(IReadOnlyList<StoredExample> examples, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (statements, _) =>
            {
                foreach (var example in examples)
                {
                    ExampleRow.Write(statements, example);
                }

                return examples.Count;
            },
            examples.Sum(example => 512L + example.Inputs.Length + example.Outputs.Length + example.Metadata.Length)).WaitAsync(cancellationToken);

    public async Task<StoredExample?> FindAsync(WorkspaceId workspace, Guid exampleId, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            new ExampleQuery { Workspace = workspace, Ids = [exampleId], AsOf = asOf, Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<StoredExample>> ListAsync(ExampleQuery query, CancellationToken cancellationToken)
    {
        var direction = query.Descending ? "DESC" : "ASC";
        var sql = Matching($"SELECT {ExampleRow.Columns}", query);
        sql.Add($" ORDER BY e.created_at {direction}, e.id {direction} LIMIT ").Value((long)query.Limit).Add(" OFFSET ").Value((long)query.Offset);
        return database.ReadAsync<IReadOnlyList<StoredExample>>(
            statements => statements.Prepare(sql.Text).List(ExampleRow.Read, sql.Values), cancellationToken);
    }

    public Task<int> CountAsync(ExampleQuery query, CancellationToken cancellationToken)
    {
        var sql = Matching("SELECT count(*)", query);
        return database.ReadAsync(statements => statements.Prepare(sql.Text).First(row => row.Integer(0), sql.Values), cancellationToken);
    }

    public Task<IReadOnlyList<DateTimeOffset>> ListVersionsAsync(WorkspaceId workspace, Guid datasetId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DateTimeOffset>>(
            statements => statements
                .Prepare("SELECT DISTINCT modified_at FROM example WHERE workspace = ?1 AND dataset_id = ?2 ORDER BY modified_at DESC")
                .List(row => row.Time(0), workspace.Value, datasetId),
            cancellationToken);

    public Task<IReadOnlySet<Guid>> FindSourceRunsAsync(WorkspaceId workspace, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Add("SELECT DISTINCT source_run_id FROM example WHERE workspace = ").Value(workspace.Value).Add(" AND ").In("source_run_id", runIds);
        return database.ReadAsync<IReadOnlySet<Guid>>(
            statements => statements.Prepare(sql.Text).List(row => row.Id(0), sql.Values).ToHashSet(), cancellationToken);
    }

    public Task DeleteDatasetAsync(WorkspaceId workspace, Guid datasetId, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, _) => statements.Execute(
            "DELETE FROM example WHERE workspace = ?1 AND dataset_id = ?2", workspace.Value, datasetId)).WaitAsync(cancellationToken);

    /// <summary>The states that held at a time: of each example the last one until then, unless that is its deletion.</summary>
    private static SqlText Matching(string select, ExampleQuery query)
    {
        var sql = new SqlText();
        sql.Add($"{select} FROM example AS e WHERE e.workspace = ").Value(query.Workspace.Value)
            .Add(" AND e.is_deleted = 0 AND e.modified_at = (SELECT max(o.modified_at) FROM example AS o WHERE o.workspace = e.workspace AND o.id = e.id");
        if (query.AsOf is { } time)
        {
            sql.Add(" AND o.modified_at <= ").Value(time);
        }

        sql.Add(")").AndIn("e.id", query.Ids).AndIn("e.source_run_id", query.SourceRunIds);
        if (query.DatasetId is { } dataset)
        {
            sql.Add(" AND e.dataset_id = ").Value(dataset);
        }

        if (query.Splits.Count > 0)
        {
            sql.Add(" AND EXISTS (SELECT 1 FROM json_each(e.splits) AS s WHERE ").In("s.value", query.Splits).Add(")");
        }

        foreach (var (key, value) in query.Metadata)
        {
            sql.Add(" AND EXISTS (SELECT 1 FROM json_each(e.metadata) AS m WHERE m.key = ").Value(key)
                .Add(" AND CASE m.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(m.value AS TEXT) END = ").Value(value).Add(")");
        }

        return sql;
    }
}
