using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage.Sqlite;

/// <summary>Where the store is, and its bounds.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The folder that holds everything; made when absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Bytes that may wait for the writer; more are refused with <see cref="StoreBusyException"/>.</summary>
    public long WriteQueueBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>Reads at a time; more wait.</summary>
    public int ReadersMax { get; init; } = 8;

    /// <summary>Bytes of the write-ahead log after which it is folded into the database.</summary>
    public long CheckpointBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// Writes by which the search index may trail while it leaves the processor to runs that come in; beyond, it takes its full share. Until the
    /// index has them, up to 5,000 writes are searched one by one, and a search beyond that says until when it is complete.
    /// </summary>
    public long SearchTrailMax { get; init; } = 100_000;

    /// <summary>Compressed bytes of a write's payloads that are kept in the row; larger ones become a file.</summary>
    public int PayloadInlineBytesMax { get; init; } = 1024 * 1024;

    /// <summary>How long runs are kept after their start.</summary>
    public RetentionRules Retention { get; init; } = new();

    /// <summary>How long a file is kept that no run has any more.</summary>
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the runs of an hour must have been quiet before their figures are rolled up; until then figures read the runs.</summary>
    public TimeSpan RollupQuiet { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often expired and deleted things are removed.</summary>
    public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromMinutes(1);
}
