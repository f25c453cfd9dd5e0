using System.Globalization;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>What the writer knows without asking the database. Only the writer's thread changes it.</summary>
internal sealed class WriteCache
{
    /// <summary>The project of runs that name none; every workspace has it from its first write.</summary>
    public const string DefaultProject = "default";

    private readonly Dictionary<(WorkspaceId Workspace, string Name), Guid> _projects = [];
    private long _lastRid;
    private long _lastSequence;

    public WriteCache(Statements statements)
    {
        _lastRid = Max(statements, "SELECT max((SELECT ifnull(max(rid), 0) FROM run), rid) FROM high_water");
        _lastSequence = Max(statements, "SELECT max((SELECT ifnull(max(sequence), 0) FROM run_write), sequence) FROM high_water");
    }

    /// <summary>The last number that a write has, or may get when the transaction that is open commits. Readable from everywhere.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    // A number that a failed job took is not taken back: a gap harms nobody.
    public long NextRid() => ++_lastRid;

    public long NextSequence() => ++_lastSequence;

    /// <summary>Forgets what a rolled-back change may have put here.</summary>
    public void Forget() => _projects.Clear();

    /// <summary>Finds a project by name, or makes it.</summary>
    public Guid ProjectOf(Statements statements, WorkspaceId workspace, string name, DateTimeOffset now)
    {
        if (_projects.TryGetValue((workspace, name), out var known))
        {
            return known;
        }

        var stored = statements.Prepare("SELECT id FROM project WHERE workspace = ?1 AND name = ?2 AND is_deleted = 0")
            .First(row => (Guid?)row.Id(0), workspace.Value, name);
        if (stored is null)
        {
            stored = Uuid7.FromTime(now);
            statements.Execute(
                "INSERT INTO project (workspace, id, name, start_time, details) VALUES (?1, ?2, ?3, ?4, '{}')",
                workspace.Value, stored, name, now);
        }

        _projects[(workspace, name)] = stored.Value;
        return stored.Value;
    }

    private static long Max(Statements statements, string sql) =>
        Convert.ToInt64(statements.Prepare(sql).Scalar() ?? 0L, CultureInfo.InvariantCulture);
}
