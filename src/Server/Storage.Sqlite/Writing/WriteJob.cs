using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>A change that waits for the writer.</summary>
internal abstract class WriteJob(long bytes)
{
    public long Bytes => bytes;

    /// <summary>Whether another change may be made together with this one, as one.</summary>
    public virtual bool Joins(WriteJob next) => false;

    /// <summary>Makes this change; false when it threw, and must be undone. Failures of the disk are thrown: they are not its own.</summary>
    public abstract bool TryRun(Statements statements, WriteCache cache);

    /// <summary>Makes changes that join, this one the first of them; false when that threw, and all must be undone and made one by one.</summary>
    public virtual bool TryRunJoined(IReadOnlyList<WriteJob> jobs, Statements statements, WriteCache cache) =>
        throw new NotSupportedException("Nothing joins this change.");

    /// <summary>Answers who waits: the change is durable, or failed by itself.</summary>
    public abstract void Complete();

    /// <summary>Answers who waits: nothing was stored.</summary>
    public abstract void Fail(Exception exception);
}
