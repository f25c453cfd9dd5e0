using System.Collections.Concurrent;
using LangSmith.Server.Storage.Sqlite.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>The one thread that writes: it commits everything that waits in one transaction, and answers only then.</summary>
/// <remarks>
/// All jobs of a transaction share one sync of the disk. Jobs that follow each other and join are made as one; when that fails each is made by
/// itself, in a savepoint of its own, so that one that fails takes nothing with it.
/// </remarks>
internal sealed class WriterThread : IAsyncDisposable
{
    // A transaction ends at this size even when more waits: those who wait for it have waited long enough.
    private const long TransactionBytesMax = 32L * 1024 * 1024;

    private readonly BlockingCollection<WriteJob> _queue = [];
    private readonly SqliteStoreOptions _options;
    private readonly Statements _statements;
    private readonly WriteCache _cache;
    private readonly string _log;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingBytes;

    public WriterThread(SqliteStoreOptions options, Statements statements, string databasePath, ILogger logger)
    {
        _options = options;
        _statements = statements;
        _logger = logger;
        _log = databasePath + "-wal";
        _cache = new WriteCache(statements);
        FirstKnownSequence = _cache.LastSequence;
        new Thread(Run) { IsBackground = true, Name = "LangSmith SQLite writer" }.Start();
    }

    /// <summary>The number of the last write that was stored before this thread began.</summary>
    public long FirstKnownSequence { get; }

    /// <summary>The number of the last write that is stored or about to be.</summary>
    public long LastSequence => _cache.LastSequence;

    /// <summary>Called on the writer's thread after each commit; must be quick.</summary>
    public Action? Committed { get; set; }

    /// <summary>Runs a change on the writer's thread.</summary>
    /// <param name="change">The change; everything it does is stored, or, when it throws, nothing.</param>
    /// <param name="bytes">About how much it writes, for the bound of the queue.</param>
    /// <returns>What the change returned, once it is durable.</returns>
    /// <exception cref="StoreBusyException">Too much is waiting.</exception>
    /// <exception cref="StoreUnavailableException">The disk takes nothing.</exception>
    /// <exception cref="ObjectDisposedException">The store is closing.</exception>
    public Task<T> WriteAsync<T>(Func<Statements, WriteCache, T> change, long bytes = 1024) => AddAsync(new WriteJob<T>(change, bytes));

    /// <summary>Runs a change on the writer's thread, as one with those of the same kind that wait when its turn comes.</summary>
    /// <param name="change">Makes them all; pass the same one each time.</param>
    /// <param name="batch">What this one changes.</param>
    /// <param name="bytes">About how much it writes, for the bound of the queue.</param>
    /// <inheritdoc cref="WriteAsync"/>
    public Task<T> WriteJoinedAsync<TBatch, T>(JoinedChange<TBatch, T> change, TBatch batch, long bytes) =>
        AddAsync(new JoinedWriteJob<TBatch, T>(change, batch, bytes));

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _stopped.Task.ConfigureAwait(false);
    }

    private Task<T> AddAsync<T>(WriteJob<T> job)
    {
        var bytes = job.Bytes;
        if (Interlocked.Add(ref _waitingBytes, bytes) > _options.WriteQueueBytesMax && bytes < _options.WriteQueueBytesMax)
        {
            Interlocked.Add(ref _waitingBytes, -bytes);
            throw new StoreBusyException(_options.WriteQueueBytesMax);
        }

        try
        {
            _queue.Add(job);
        }
        catch (InvalidOperationException exception)
        {
            Interlocked.Add(ref _waitingBytes, -bytes);
            throw new ObjectDisposedException("The store is closing.", exception);
        }

        return job.Result;
    }

    private void Run()
    {
        try
        {
            var jobs = new List<WriteJob>();
            foreach (var first in _queue.GetConsumingEnumerable())
            {
                jobs.Clear();
                jobs.Add(first);
                var bytes = first.Bytes;
                while (bytes < TransactionBytesMax && _queue.TryTake(out var next))
                {
                    jobs.Add(next);
                    bytes += next.Bytes;
                }

                Commit(jobs);
                Interlocked.Add(ref _waitingBytes, -bytes);
                Checkpoint();
            }

            Checkpoint(atLeastBytes: 0);
        }
        finally
        {
            _statements.Dispose();
            _stopped.SetResult();
        }
    }

    private void Commit(List<WriteJob> jobs)
    {
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            for (var index = 0; index < jobs.Count;)
            {
                var first = jobs[index];
                var joined = jobs.Skip(index).TakeWhile(job => job == first || first.Joins(job)).ToArray();
                if (joined.Length == 1 || !TryInSavepoint(() => first.TryRunJoined(joined, _statements, _cache)))
                {
                    Array.ForEach(joined, job => TryInSavepoint(() => job.TryRun(_statements, _cache)));
                }

                index += joined.Length;
            }

            _statements.Execute("COMMIT");
        }
        catch (SqliteException exception)
        {
            var failure = DiskFailure.Of(exception);
            if (failure == exception)
            {
                Log.CommitFailed(_logger, exception, jobs.Count);
            }
            else
            {
                Log.CommitRefused(_logger, jobs.Count, exception.Message);
            }

            _cache.Forget();
            _statements.RollBack();
            jobs.ForEach(job => job.Fail(failure));
            return;
        }

        jobs.ForEach(job => job.Complete());
        Committed?.Invoke();
    }

    private bool TryInSavepoint(Func<bool> tryRun)
    {
        _statements.Execute("SAVEPOINT job");
        var succeeded = tryRun();
        if (!succeeded)
        {
            _statements.Execute("ROLLBACK TO job");
            _cache.Forget();
        }

        _statements.Execute("RELEASE job");
        return succeeded;
    }

    private void Checkpoint(long? atLeastBytes = null)
    {
        var size = new FileInfo(_log) is { Exists: true } log ? log.Length : 0;
        if (size < (atLeastBytes ?? _options.CheckpointBytes))
        {
            return;
        }

        try
        {
            _statements.Prepare("PRAGMA wal_checkpoint(RESTART)").Scalar();
        }
        catch (SqliteException exception)
        {
            // Readers are in the way: the next commit tries again.
            Log.CheckpointFailed(_logger, exception);
        }
    }
}
