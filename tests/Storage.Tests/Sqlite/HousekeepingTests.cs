using System.Globalization;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>Housekeeping: what is deleted or has expired leaves no trace, and its space comes back.</summary>
public sealed class HousekeepingTests
{
    private static readonly string[] s_tables = ["run", "run_write", "run_term", "blob_use", "feedback"];

    [Fact]
    public async Task HousekeepAsync_DeletedProject_LeavesNoRowAndNoFile()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        var (blob, _) = await engine.Blobs.PutAsync(new MemoryStream([1, 2, 3]), 10, CancellationToken.None);
        var (shared, _) = await engine.Blobs.PutAsync(new MemoryStream([4, 5, 6]), 10, CancellationToken.None);
        await engine.Runs.WriteAsync([.. Enumerable.Range(1, 450).Select(number => Given.Post(Given.Id(number)).With(write => write with
        {
            ProjectName = "mine",
            Tags = ["t"],
            Extra = Given.Json("""{"metadata":{"k":"v"}}"""),
            Attachments = [new RunAttachment("a", "text/plain", blob, 3), new RunAttachment("b", "text/plain", shared, 3)],
        }))]);
        await engine.Runs.WriteFeedbackAsync(Given.Feedback(Given.Id(900), Given.Id(1)));
        var project = await engine.Catalogue.FindProjectAsync(Given.Workspace, "mine", CancellationToken.None);
        await engine.Catalogue.DeleteProjectAsync(Given.Workspace, project!.Id, CancellationToken.None);

        await engine.Store.HousekeepAsync(CancellationToken.None);
        await engine.Runs.WriteAsync(Given.Post(Given.Id(1000)).With(write => write with { Attachments = [new RunAttachment("b", "text/plain", shared, 3)] }));
        Assert.NotNull(await OpenAsync(engine, blob));
        engine.Time.Advance(TimeSpan.FromHours(2));
        await engine.Store.HousekeepAsync(CancellationToken.None);

        Assert.Null(await OpenAsync(engine, blob));
        Assert.NotNull(await OpenAsync(engine, shared));
        Assert.Equal([1L, 1L, 0L, 1L, 0L], s_tables.Select(table => Scalar(engine, $"SELECT count(*) FROM {table}")));
        Assert.Equal([WriteOutcome.Accepted], await engine.Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { ProjectName = "mine" })));
    }

    [Fact]
    public async Task HousekeepAsync_FileReceivedAgainMeanwhile_IsKept()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        var (blob, _) = await engine.Blobs.PutAsync(new MemoryStream([1]), 10, CancellationToken.None);
        await engine.Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { Attachments = [new RunAttachment("a", "text/plain", blob, 1)] }));
        await engine.Runs.DeleteRunsAsync(Given.Workspace, [Given.Id(1)], CancellationToken.None);
        engine.Time.Advance(TimeSpan.FromHours(2));

        await engine.Blobs.PutAsync(new MemoryStream([1]), 10, CancellationToken.None);
        await engine.Store.HousekeepAsync(CancellationToken.None);

        Assert.NotNull(await OpenAsync(engine, blob));
    }

    [Fact]
    public async Task HousekeepAsync_Retention_ErasesWhatIsOlderByTheProjectsOwnRule()
    {
        await using var engine = new SqliteEngine { Options = options => options with { Retention = new RetentionRules { Longlived = TimeSpan.FromDays(10) } } };
        await engine.OpenAsync();
        await engine.Catalogue.CreateProjectAsync(
            new Project { Id = Given.Id(50), Workspace = Given.Workspace, Name = "short", StartTime = Given.Start, Retention = TimeSpan.FromDays(1) }, CancellationToken.None);
        await engine.Runs.WriteAsync(
            Given.Post(Given.Id(1), Engine.Now.AddDays(-11)),
            Given.Post(Given.Id(2), Engine.Now.AddDays(-9)),
            Given.Post(Given.Id(3), Engine.Now.AddDays(-2)).With(write => write with { ProjectName = "short" }),
            Given.Post(Given.Id(4), Engine.Now.AddHours(-2)).With(write => write with { ProjectName = "short" }));

        await engine.Store.HousekeepAsync(CancellationToken.None);

        var left = await engine.Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace, Ascending = true }, CancellationToken.None);
        Assert.Equal([Given.Id(2), Given.Id(4)], left.Runs.Select(run => run.Id));
    }

    [Fact]
    public async Task HousekeepAsync_ManyRunsDeleted_GivesThePagesBack()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        var random = new Random(1);
        await engine.Runs.WriteAsync([.. Enumerable.Range(1, 400).Select(number => Given.Post(Given.Id(number)).With(write => write with
        {
            Inputs = Given.Json($"\"{Convert.ToHexString(Bytes(random, 20_000))}\""),
        }))]);
        var before = Pages(engine);

        await engine.Runs.DeleteRunsAsync(Given.Workspace, [.. Enumerable.Range(1, 400).Select(Given.Id)], CancellationToken.None);
        await engine.Store.HousekeepAsync(CancellationToken.None);

        Assert.InRange(Pages(engine), 0, (before / 2) - 1);
    }

    [Fact]
    public async Task HousekeepAsync_BigProjectDeleted_LetsWritesThroughBetweenItsStepsAndGivesThePagesBack()
    {
        const int Doomed = 4_000;
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.Runs.WriteAsync([.. Enumerable.Range(1, Doomed).Select(number => Given.Post(Given.Id(number)).With(write => write with
        {
            ProjectName = "doomed",
            Inputs = Given.Json($"\"{Convert.ToHexString(Bytes(new Random(number), 1_000))}\""),
        }))]);
        var project = await engine.Catalogue.FindProjectAsync(Given.Workspace, "doomed", CancellationToken.None);
        await engine.Catalogue.DeleteProjectAsync(Given.Workspace, project!.Id, CancellationToken.None);
        var pages = Pages(engine);

        var housekeeping = engine.Store.HousekeepAsync(CancellationToken.None);
        while (Left() == Doomed)
        {
            Assert.False(housekeeping.IsCompleted);
        }

        // Twenty steps are to be done: a write that is asked for after the first waits for the second at most.
        await engine.Runs.WriteAsync(Given.Post(Given.Id(Doomed + 1)));
        Assert.NotEqual(0L, Left());
        await housekeeping;

        Assert.Equal(0L, Left());
        Assert.NotNull(await engine.Runs.FindAsync(Given.Id(Doomed + 1)));
        Assert.InRange(Pages(engine), 0, (pages / 4) - 1);

        long Left() => (long)Scalar(engine, $"SELECT count(*) FROM run WHERE id <> x'{Given.Id(Doomed + 1):N}'")!;
    }

    [Fact]
    public async Task BackUpAsync_StoreInUse_IsAStoreAsItWas()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        var (blob, _) = await engine.Blobs.PutAsync(new MemoryStream([1, 2, 3]), 10, CancellationToken.None);
        await engine.Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { Inputs = Given.Json("""{"a":1}""") }));
        await using var copy = new SqliteEngine();

        await engine.Store.BackUpAsync(copy.Folder, CancellationToken.None);
        await engine.Runs.WriteAsync(Given.Post(Given.Id(2)));
        await copy.OpenAsync();

        Assert.Equal("""{"a":1}""", Given.Text((await copy.Runs.FindAsync(Given.Id(1)))!.Inputs));
        Assert.Null(await copy.Runs.FindAsync(Given.Id(2)));
        Assert.NotNull(await OpenAsync(copy, blob));
        await copy.Runs.WriteAsync(Given.Post(Given.Id(3)));
        await Assert.ThrowsAsync<IOException>(() => engine.Store.BackUpAsync(copy.Folder, CancellationToken.None));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async Task<object?> OpenAsync(SqliteEngine engine, string blob)
    {
        await using var stream = await engine.Blobs.OpenAsync(blob, CancellationToken.None);
        return stream?.Length;
    }

    private static long Pages(SqliteEngine engine) => (long)Scalar(engine, "PRAGMA page_count")!;

    private static object? Scalar(SqliteEngine engine, string sql)
    {
        using var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={engine.DatabasePath};Pooling=False"));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
