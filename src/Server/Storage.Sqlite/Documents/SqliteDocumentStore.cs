using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Documents;

/// <inheritdoc/>
internal sealed class SqliteDocumentStore(Database database, WriterThread writer, TimeProvider time) : IDocumentStore
{
    private const string Columns = "workspace, kind, id, parent_id, name, json, created_at, modified_at, expires_at, version";
    private const string Same = "workspace = ?1 AND kind = ?2 AND id = ?3";

    public Task<(Document Document, bool Created)> CreateAsync(Document document, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, _) =>
        {
            var now = time.GetUtcNow();
            // What has expired makes room for its name and id.
            statements.Execute(
                $"DELETE FROM document WHERE workspace = ?1 AND kind = ?2 AND (id = ?3 OR name = ?4) AND expires_at <= ?5",
                document.Workspace.Value, document.Kind, document.Id, document.Name, now);
            var taken = statements.Prepare($"SELECT {Columns} FROM document WHERE {Same}")
                    .First(Read, document.Workspace.Value, document.Kind, document.Id)
                ?? FindNamed(statements, document.Workspace, document.Kind, document.ParentId, document.Name);
            if (taken is not null)
            {
                return (taken, false);
            }

            var created = document with { Version = 1 };
            statements.Execute(
                $"INSERT INTO document ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                created.Workspace.Value, created.Kind, created.Id, created.ParentId, created.Name, created.Json, created.CreatedAt,
                created.ModifiedAt, created.ExpiresAt, created.Version);
            return (created, true);
        }).WaitAsync(cancellationToken);

    public Task<Document?> UpdateAsync(Document document, CancellationToken cancellationToken) =>
        writer.WriteAsync<Document?>((statements, _) =>
        {
            var named = FindNamed(statements, document.Workspace, document.Kind, document.ParentId, document.Name);
            if (named is not null && named.Id != document.Id)
            {
                throw new DocumentNameTakenException(document.Kind, document.Name!);
            }

            var changed = statements.Execute(
                $"""
                UPDATE document SET parent_id = ?4, name = ?5, json = ?6, modified_at = ?7, expires_at = ?8, version = version + 1
                WHERE {Same} AND version = ?9
                """,
                document.Workspace.Value, document.Kind, document.Id, document.ParentId, document.Name, document.Json, document.ModifiedAt,
                document.ExpiresAt, document.Version);
            return changed == 0 ? null : document with { Version = document.Version + 1 };
        }).WaitAsync(cancellationToken);

    public Task<Document?> FindAsync(WorkspaceId workspace, string kind, Guid id, CancellationToken cancellationToken) =>
        ReadOneAsync($"SELECT {Columns} FROM document WHERE {Same}", [workspace.Value, kind, id], cancellationToken);

    public Task<Document?> FindAsync(WorkspaceId workspace, string kind, Guid? parentId, string name, CancellationToken cancellationToken) =>
        database.ReadAsync(statements => Living(FindNamed(statements, workspace, kind, parentId, name)), cancellationToken);

    public Task<Document?> FindAnywhereAsync(string kind, Guid id, CancellationToken cancellationToken) =>
        ReadOneAsync($"SELECT {Columns} FROM document WHERE kind = ?1 AND id = ?2", [kind, id], cancellationToken);

    public Task<Document?> FindAnywhereAsync(string kind, string name, CancellationToken cancellationToken) =>
        ReadOneAsync($"SELECT {Columns} FROM document WHERE kind = ?1 AND name = ?2", [kind, name], cancellationToken);

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        var direction = query.Ascending ? "ASC" : "DESC";
        var sql = Matching($"SELECT {Columns}", query);
        sql.Add($" ORDER BY created_at {direction}, id {direction} LIMIT ").Value((long)query.Limit).Add(" OFFSET ").Value((long)query.Offset);
        return database.ReadAsync<IReadOnlyList<Document>>(statements => statements.Prepare(sql.Text).List(Read, sql.Values), cancellationToken);
    }

    public Task<int> CountAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        var sql = Matching("SELECT count(*)", query);
        return database.ReadAsync(statements => statements.Prepare(sql.Text).First(row => row.Integer(0), sql.Values), cancellationToken);
    }

    public Task<bool> DeleteAsync(WorkspaceId workspace, string kind, Guid id, CancellationToken cancellationToken) =>
        writer.WriteAsync((statements, _) =>
        {
            if (statements.Execute($"DELETE FROM document WHERE {Same}", workspace.Value, kind, id) == 0)
            {
                return false;
            }

            DeleteBelow(statements, workspace, id);
            return true;
        }).WaitAsync(cancellationToken);

    private static void DeleteBelow(Statements statements, WorkspaceId workspace, Guid parent)
    {
        var children = statements.Prepare("SELECT id FROM document WHERE workspace = ?1 AND parent_id = ?2").List(row => row.Id(0), workspace.Value, parent);
        statements.Execute("DELETE FROM document WHERE workspace = ?1 AND parent_id = ?2", workspace.Value, parent);
        children.ForEach(child => DeleteBelow(statements, workspace, child));
    }

    private static Document? FindNamed(Statements statements, WorkspaceId workspace, string kind, Guid? parentId, string? name) =>
        name is null
            ? null
            : statements
                .Prepare($"SELECT {Columns} FROM document WHERE workspace = ?1 AND kind = ?2 AND ifnull(parent_id, x'') = ifnull(?3, x'') AND name = ?4")
                .First(Read, workspace.Value, kind, parentId, name);

    private static Document Read(Row row) => new()
    {
        Workspace = new WorkspaceId(row.Id(0)),
        Kind = row.Text(1),
        Id = row.Id(2),
        ParentId = row.IdOrNull(3),
        Name = row.TextOrNull(4),
        Json = row.Json(5),
        CreatedAt = row.Time(6),
        ModifiedAt = row.Time(7),
        ExpiresAt = row.TimeOrNull(8),
        Version = row.Number(9),
    };

    private async Task<Document?> ReadOneAsync(string sql, object?[] values, CancellationToken cancellationToken) =>
        Living(await database.ReadAsync(statements => statements.Prepare(sql).First(Read, values), cancellationToken).ConfigureAwait(false));

    private Document? Living(Document? document) => document?.ExpiresAt <= time.GetUtcNow() ? null : document;

    private SqlText Matching(string select, DocumentQuery query)
    {
        var sql = new SqlText();
        sql.Add($"{select} FROM document WHERE workspace = ").Value(query.Workspace.Value).Add(" AND kind = ").Value(query.Kind)
            .AndIn("id", query.Ids).AndIn("name", query.Names)
            .Add(" AND ifnull(expires_at, 9223372036854775807) > ").Value(time.GetUtcNow());
        if (query.ParentId is { } parent)
        {
            sql.Add(" AND parent_id = ").Value(parent);
        }

        if (query.NameContains is { } part)
        {
            sql.Add(" AND instr(lower(name), lower(").Value(part).Add(")) > 0");
        }

        return sql;
    }
}
