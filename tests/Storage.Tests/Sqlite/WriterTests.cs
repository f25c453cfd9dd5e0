using System.Text.Json;
using LangSmith.Server.Storage.Sqlite;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Writing;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>The writer: bounded, and no batch takes another one down.</summary>
public sealed class WriterTests
{
    [Fact]
    public async Task WriteAsync_QueueIsFull_RefusesAndKeepsWhatItAccepted()
    {
        await using var engine = new SqliteEngine { Options = options => options with { WriteQueueBytesMax = 20_000 } };
        await engine.OpenAsync();
        var accepted = new List<(Guid Id, Task Written)>();
        var refused = Guid.Empty;
        using (Block(engine))
        {
            for (var number = 1; refused == Guid.Empty; number++)
            {
                Assert.True(number < 1_000, "Nothing is ever refused.");
                // A refusal comes at once: nobody waits to hear that there is no room.
                var written = WriteNow(engine, Given.Id(number));
                if (written.IsFaulted)
                {
                    await Assert.ThrowsAsync<StoreBusyException>(() => written);
                    refused = Given.Id(number);
                }
                else
                {
                    accepted.Add((Given.Id(number), written));
                }
            }
        }

        await Task.WhenAll(accepted.Select(one => one.Written));
        Assert.True(accepted.Count > 1);
        Assert.Null(await engine.Runs.FindAsync(refused));
        foreach (var (id, _) in accepted)
        {
            Assert.NotNull(await engine.Runs.FindAsync(id));
        }

        await WriteNow(engine, refused);
        Assert.NotNull(await engine.Runs.FindAsync(refused));
    }

    [Fact]
    public async Task WriteAsync_BadBatchAmongGoodOnes_FailsAlone()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        var unreadable = Given.Feedback(Given.Id(11), Given.Id(2)) with { Source = Given.Json("no json") };
        Task good, bad, after;
        using (Block(engine))
        {
            good = engine.Runs.WriteAsync(Given.Post(Given.Id(1)));
            bad = engine.Runs.WriteAsync(
                new WriteBatch([Given.Post(Given.Id(2)).With(write => write with { ProjectName = "new" })], [unreadable]), CancellationToken.None);
            after = engine.Runs.WriteAsync(Given.Post(Given.Id(3)).With(write => write with { ProjectName = "new" }));
        }

        await good;
        await after;
        await Assert.ThrowsAnyAsync<JsonException>(() => bad);
        Assert.NotNull(await engine.Runs.FindAsync(Given.Id(1)));
        Assert.Null(await engine.Runs.FindAsync(Given.Id(2)));
        var project = await engine.Catalogue.FindProjectAsync(Given.Workspace, "new", CancellationToken.None);
        Assert.Equal(project!.Id, (await engine.Runs.FindAsync(Given.Id(3)))!.ProjectId);
    }

    [Fact]
    public async Task WriteAsync_BatchesThatWaitTogether_EachHearOfTheirOwnWrites()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        Task<IReadOnlyList<WriteOutcome>> first, again, end;
        using (Block(engine))
        {
            first = engine.Runs.WriteAsync(Given.Post(Given.Id(1)));
            again = engine.Runs.WriteAsync(Given.Post(Given.Id(2)), Given.Post(Given.Id(1)));
            end = engine.Runs.WriteAsync(Given.Patch(Given.Id(1)), Given.Patch(Given.Id(2)), Given.Post(Given.Id(2)));
        }

        Assert.Equal([WriteOutcome.Accepted], await first);
        Assert.Equal([WriteOutcome.Accepted, WriteOutcome.Duplicate], await again);
        Assert.Equal([WriteOutcome.Accepted, WriteOutcome.Accepted, WriteOutcome.Duplicate], await end);
        Assert.Equal(2, (await engine.Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace }, CancellationToken.None)).Runs.Count);
    }

    [Fact]
    public async Task WriteAsync_LargePayload_IsAFileAndReadsBack()
    {
        await using var engine = new SqliteEngine { Options = options => options with { PayloadInlineBytesMax = 100 } };
        await engine.OpenAsync();
        // Digits that do not compress.
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 500).Select(_ => random.Next(10)));
        await engine.Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { Inputs = Given.Json($$"""{"a":"{{text}}"}""") }));
        await engine.ReopenAsync();

        Assert.Contains(text, Given.Text((await engine.Runs.FindAsync(Given.Id(1)))!.Inputs), StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(engine.Folder, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task WriteAsync_ClosedStore_Throws()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        var runs = engine.Runs;
        await engine.CloseAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => runs.WriteAsync(Given.Post(Given.Id(1))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task WriteAsync_FullDisk_IsRefusedWholeAndGoesOnWithRoom(int changes)
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.CloseAsync();
        using var database = new Database(engine.DatabasePath, readersMax: 1, _ => { });
        await using var writer = new WriterThread(
            new SqliteStoreOptions { DataFolder = engine.Folder }, database.OpenWriter(), engine.DatabasePath, NullLogger.Instance);
        // SQLite says that the disk is full when the file may have no more pages.
        await writer.WriteAsync((statements, _) => statements.Prepare("PRAGMA max_page_count = 1").Scalar());

        var written = Enumerable.Range(1, changes).Select(number => WriteAsync(writer, number)).ToArray();

        foreach (var one in written)
        {
            var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => one);
            Assert.StartsWith("The disk of the server is full. Nothing of the request is stored.", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0L, database.Read(Count));
        await writer.WriteAsync((statements, _) => statements.Prepare("PRAGMA max_page_count = 1000000").Scalar());
        await WriteAsync(writer, 1);
        Assert.Equal(1L, database.Read(Count));

        // A megabyte each: more than the pages that deleted rows have left.
        static Task<int> WriteAsync(WriterThread writer, int number) => writer.WriteAsync((statements, _) => statements.Execute(
            "INSERT INTO tombstone (workspace, run_id, deleted_at) VALUES (zeroblob(1000000), ?1, 0)", Given.Id(number)));

        static object? Count(Statements statements) => statements.Prepare("SELECT count(*) FROM tombstone").Scalar();
    }

    /// <summary>Holds the database's only right to write until disposed, so that everything queues up.</summary>
    private static BlockedDatabase Block(SqliteEngine engine) => new(engine.DatabasePath);

    private static Task<IReadOnlyList<WriteOutcome>> WriteNow(SqliteEngine engine, Guid id) => engine.Runs.WriteAsync(Given.Post(id));

    private sealed class BlockedDatabase : IDisposable
    {
        private readonly SqliteConnection _connection;

        public BlockedDatabase(string path)
        {
            _connection = new SqliteConnection($"Data Source={path};Pooling=False");
            _connection.Open();
            Execute("BEGIN IMMEDIATE");
        }

        public void Dispose()
        {
            Execute("ROLLBACK");
            _connection.Dispose();
        }

        private void Execute(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
