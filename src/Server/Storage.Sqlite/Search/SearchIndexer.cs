using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite.Search;

/// <summary>The thread that follows the journal and puts the words of runs into the index, so that no write waits for it.</summary>
internal sealed class SearchIndexer : IDisposable
{
    // Writes in a transaction of the index: every transaction makes a segment, and segments are merged again.
    private const int StepMax = 5_000;

    // Words in a transaction of the index, so that large runs make small steps.
    private const long StepCharactersMax = 16 * 1024 * 1024;

    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(250);

    private readonly Database _database;
    private readonly WriterThread _writer;
    private readonly Func<string, byte[]> _readBlob;
    private readonly Statements _index;
    private readonly ILogger _logger;
    private readonly SearchPace _pace;
    private readonly AutoResetEvent _more = new(initialState: true);
    private readonly AutoResetEvent _hurry = new(initialState: false);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = [];
    private volatile bool _isStopping;
    private long _indexed;
    private long _stored;
    private long _workingSince;

    public SearchIndexer(
        Database database, WriterThread writer, SqliteConnection index, Func<string, byte[]> readBlob, SearchPace pace, ILogger logger)
    {
        _database = database;
        _writer = writer;
        _readBlob = readBlob;
        _index = new Statements(index);
        _pace = pace;
        _logger = logger;
        new Thread(Run) { IsBackground = true, Name = "LangSmith search indexer", Priority = ThreadPriority.BelowNormal }.Start();
    }

    private bool IsAwaited => _isStopping || !_waiting.IsEmpty;

    /// <summary>Tells that something was written.</summary>
    public void Signal() => _more.Set();

    /// <summary>Waits until everything is indexed that was stored before, or indexing failed or ended.</summary>
    public Task CatchUpAsync()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(waiting);
        _hurry.Set();
        _more.Set();
        return Task.WhenAny(waiting.Task, _stopped.Task);
    }

    /// <summary>Ends the thread after the step that it is in; what is missing is indexed when the store is opened again.</summary>
    public Task StopAsync()
    {
        _isStopping = true;
        _hurry.Set();
        _more.Set();
        return _stopped.Task;
    }

    public void Dispose()
    {
        _more.Dispose();
        _hurry.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                _more.WaitOne();
                if (!IsAwaited)
                {
                    // What follows at once goes into the same step.
                    _hurry.WaitOne(s_gathering);
                }

                var waiting = _waiting.Count;
                TryCatchUp();
                for (; waiting > 0 && _waiting.TryDequeue(out var caughtUp); waiting--)
                {
                    caughtUp.SetResult();
                }
            }
        }
        finally
        {
            _index.Dispose();
            _stopped.SetResult();
        }
    }

    private void TryCatchUp()
    {
        try
        {
            while (!_isStopping && (IndexStep() | ForgetStep()))
            {
            }
        }
        catch (Exception exception)
        {
            // The next write wakes it again; until then searches read what is missing themselves.
            Log.IndexingFailed(_logger, exception);
        }
    }

    private bool IndexStep()
    {
        _indexed = (long)_index.Prepare("SELECT sequence FROM progress").Scalar()!;
        var writes = _database.Read(statements => statements
            .Prepare("SELECT sequence, rid, received_at FROM run_write WHERE sequence > ?1 ORDER BY sequence LIMIT ?2")
            .List(row => (Sequence: row.Number(0), Rid: row.Number(1), ReceivedAt: row.Number(2)), _indexed, (long)StepMax));
        if (writes.Count == 0)
        {
            return false;
        }

        Change(() =>
        {
            var runs = new HashSet<long>();
            var characters = 0L;
            var last = writes[0];
            foreach (var write in writes.TakeWhile(_ => characters < StepCharactersMax))
            {
                last = write;
                if (runs.Add(write.Rid))
                {
                    characters += Index(write.Rid);
                    Rest();
                }
            }

            _index.Execute("UPDATE progress SET sequence = ?1, received_at = ?2", last.Sequence, last.ReceivedAt);
        });
        return true;
    }

    private int Index(long rid)
    {
        // A read for each run: one that lasted a whole step would keep the writer's log from being folded.
        if (_database.Read(statements => WordsOf(statements, rid)) is not { } words)
        {
            return 0;
        }

        _index.Execute("INSERT OR REPLACE INTO run_text (rowid, words) VALUES (?1, ?2)", rid, words);
        return words.Length;
    }

    /// <summary>Leaves the processor to the writes that come in meanwhile, unless somebody waits for the index.</summary>
    private void Rest()
    {
        var worked = Stopwatch.GetElapsedTime(_workingSince);
        if (worked < SearchPace.Slice)
        {
            return;
        }

        var stored = _writer.LastSequence;
        var rest = IsAwaited ? TimeSpan.Zero : _pace.RestAfter(worked, stored - _stored, stored - _indexed);
        if (rest > TimeSpan.Zero)
        {
            _hurry.WaitOne(rest);
        }

        (_workingSince, _stored) = (Stopwatch.GetTimestamp(), stored);
    }

    private bool ForgetStep()
    {
        var erased = _database.Read(statements => statements.Prepare("SELECT rid FROM erased_run LIMIT ?1").List(row => row.Number(0), (long)StepMax));
        if (erased.Count == 0)
        {
            return false;
        }

        Change(() => erased.ForEach(rid =>
        {
            _index.Execute("DELETE FROM run_text WHERE rowid = ?1", rid);
            Rest();
        }));
        _writer.WriteAsync((statements, _) => erased.Sum(rid => statements.Execute("DELETE FROM erased_run WHERE rid = ?1", rid))).GetAwaiter().GetResult();
        return true;
    }

    private void Change(Action change)
    {
        (_workingSince, _stored) = (Stopwatch.GetTimestamp(), _writer.LastSequence);
        _index.Execute("BEGIN");
        try
        {
            change();
            _index.Execute("COMMIT");
        }
        catch
        {
            _index.RollBack();
            throw;
        }
    }

    private string? WordsOf(Statements statements, long rid) =>
        statements.Prepare(
            """
            SELECT r.name, r.error, r.tags, r.metadata, r.inputs_from, r.outputs_from, i.payload, i.payload_blob, o.payload, o.payload_blob
            FROM run AS r LEFT JOIN run_write AS i ON i.sequence = r.inputs_from LEFT JOIN run_write AS o ON o.sequence = r.outputs_from
            WHERE r.rid = ?1
            """)
            .First(
                row =>
                {
                    var inputs = PayloadPack.Read(Packed(row, 6));
                    var outputs = row.NumberOrNull(4) == row.NumberOrNull(5) ? inputs : PayloadPack.Read(Packed(row, 8));
                    return new StringBuilder(RunWords.OfColumns(row.Text(0), row.TextOrNull(1), row.Text(2), row.Text(3)))
                        .Append(row.IsNull(4) ? "" : SearchText.OfJson(inputs.Inputs.Span))
                        .Append(row.IsNull(5) ? "" : SearchText.OfJson(outputs.Outputs.Span))
                        .ToString();
                },
                rid);

    private byte[] Packed(Row row, int column) =>
        !row.IsNull(column) ? row.Bytes(column) : row.TextOrNull(column + 1) is { } blob ? _readBlob(blob) : [];
}
