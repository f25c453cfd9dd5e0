using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>The search index: filled beside the store, made again when it is lost.</summary>
public sealed class SearchIndexTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CatchUpSearchAsync_StoredRuns_AreInTheIndexAndErasedOnesNot()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.Runs.WriteAsync(Write(1, "one"), Write(2, "two"), Write(3, "three"));
        await engine.Store.CatchUpSearchAsync(Cancellation);
        Assert.Equal(1L, Matches(engine, "two"));

        await engine.Runs.DeleteRunsAsync(Given.Workspace, [Given.Id(2)], Cancellation);
        await engine.Store.CatchUpSearchAsync(Cancellation);

        Assert.Equal(0L, Matches(engine, "two"));
        Assert.Equal([Given.Id(3)], await FindAsync(engine, "three"));
    }

    [Fact]
    public async Task Open_LostOrDamagedIndex_IsMadeAgain()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.Runs.WriteAsync(Write(1, "one"));
        await engine.CloseAsync();
        await File.WriteAllTextAsync(SearchPath(engine), new string('x', 20_000), Cancellation);

        await engine.OpenAsync();
        await engine.Store.CatchUpSearchAsync(Cancellation);

        Assert.Equal(1L, Matches(engine, "one"));
    }

    [Fact]
    public async Task Open_IndexThatKnowsMoreThanTheStore_IsMadeAgain()
    {
        await using var engine = new SqliteEngine();
        await using var older = new SqliteEngine();
        await engine.OpenAsync();
        await engine.Runs.WriteAsync(Write(1, "one"));
        await engine.Store.BackUpAsync(older.Folder, Cancellation);
        await engine.Runs.WriteAsync(Write(2, "two"));
        await engine.Store.CatchUpSearchAsync(Cancellation);
        await engine.CloseAsync();
        File.Copy(SearchPath(engine), SearchPath(older));

        await older.OpenAsync();
        await older.Store.CatchUpSearchAsync(Cancellation);

        Assert.Equal(0L, Matches(older, "two"));
        Assert.Equal(1L, Matches(older, "one"));
    }

    [Fact]
    public async Task WriteAsync_AfterTheNewestRunWasDeletedAndTheStoreReopened_IsIndexed()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.Runs.WriteAsync(Write(1, "one"), Write(2, "two"));
        await engine.Store.CatchUpSearchAsync(Cancellation);
        await engine.Runs.DeleteRunsAsync(Given.Workspace, [Given.Id(2)], Cancellation);
        await engine.ReopenAsync();

        await engine.Runs.WriteAsync(Write(3, "three"));
        await engine.Store.CatchUpSearchAsync(Cancellation);

        Assert.Equal(1L, Matches(engine, "three"));
        Assert.Equal([Given.Id(3)], await FindAsync(engine, "three"));
        Assert.Empty(await FindAsync(engine, "two"));
    }

    private static RunWrite Write(int id, string word) =>
        Given.Post(Given.Id(id)).With(write => write with { Inputs = Given.Json($$"""{"text":"{{word}}"}""") });

    private static async Task<IEnumerable<Guid>> FindAsync(SqliteEngine engine, string word) =>
        (await engine.Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace, Filter = new RunFilter.Search([word]) }, Cancellation)).Runs.Select(run => run.Id);

    private static string SearchPath(SqliteEngine engine) => Path.Combine(engine.Folder, "langsmith-search.db");

    private static object? Matches(SqliteEngine engine, string word)
    {
        using var connection = new SqliteConnection($"Data Source={SearchPath(engine)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM run_text WHERE run_text MATCH '{word}'";
        return command.ExecuteScalar();
    }
}
