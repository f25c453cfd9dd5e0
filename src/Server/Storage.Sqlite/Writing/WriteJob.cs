using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>A change that waits for the writer.</summary>
internal abstract class WriteJob(long bytes)
{
    public long Bytes => bytes;

    /// <summary>Makes the change; false when it threw, and must be undone.</summary>
    public abstract bool TryRun(Statements statements, WriteCache cache);

    /// <summary>Answers who waits: the change is durable, or failed by itself.</summary>
    public abstract void Complete();

    /// <summary>Answers who waits: nothing was stored.</summary>
    public abstract void Fail(Exception exception);
}
