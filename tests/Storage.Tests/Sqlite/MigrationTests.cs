using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>Schemas: forward only, and nothing is lost.</summary>
public sealed class MigrationTests
{
    // A script that a server somewhere has run is never changed: a new one follows it.
    private static readonly string[] s_released =
    [
        "001-initial 66638b1a9c792bf6",
        "002-erasing 3aef8ff2b8a23238",
        "003-search a117941482d4e8d4",
        // Changed once, before the first release, so that it does not read all runs; 005 brings stores of both forms to one schema.
        "004-rollups 2e0124c4723e13c8",
        "005-rollup-minutes 021dab5d2e808fbc",
        "006-tables-of-runs d51a140dc7a85ffc",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every schema that there has been but the newest, with what the server of that time put into it.</summary>
    public static TheoryData<int> Released => [.. Enumerable.Range(1, Scripts().Count - 1)];

    [Fact]
    public void Script_OnceReleased_StaysAsItIs() => Assert.Equal(
        s_released,
        Scripts().Take(s_released.Length).Select(file =>
            $"{Path.GetFileNameWithoutExtension(file)} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Read(file))))[..16]}"));

    [Fact]
    public async Task Open_FolderOfANewerServer_IsRefusedAndUntouched()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.CloseAsync();
        Execute(engine, "PRAGMA user_version = 999");

        var exception = await Assert.ThrowsAsync<StoreOpenException>(engine.OpenAsync);

        Assert.Contains("999", exception.Message, StringComparison.Ordinal);
        Assert.Equal(999L, Execute(engine, "PRAGMA user_version"));
    }

    [Theory]
    [MemberData(nameof(Released))]
    public async Task Open_ReleasedSchema_BringsItToTheNewestWithAllThatItHeld(int version)
    {
        await using var engine = await OlderAsync(version);

        await engine.OpenAsync();

        // What the fixture's makers wrote, in order: see its first lines.
        var run = (await engine.Runs.FindAsync(Given.Id(1)))!;
        Assert.Equal("""{"question":"why is the sky blue"}""", Given.Text(run.Inputs));
        Assert.Equal("""{"answer":"Rayleigh"}""", Given.Text(run.Outputs));
        Assert.Equal(["kept"], run.Tags);
        Assert.Equal("old", (await engine.Catalogue.FindProjectAsync(Given.Workspace, run.ProjectId, Cancellation))!.Name);
        Assert.Equal(Given.Id(1), (await engine.Runs.FindAsync(Given.Id(2)))!.ParentRunId);
        Assert.Equal([0.5], (await engine.Runs.SummarizeFeedbackAsync(Given.Workspace, [Given.Id(1)], Cancellation))[Given.Id(1)].Select(f => f.Average));
        Assert.NotNull(await engine.Documents.FindAsync(Given.Workspace, "kind", null, "name", Cancellation));
        Assert.Single(await engine.Examples.ListAsync(new ExampleQuery { Workspace = Given.Workspace, DatasetId = Given.Id(30) }, Cancellation));
        Assert.Equal(2, (await engine.Runs.FindIdentityAsync(Given.Workspace, Given.Id(1), Cancellation))!.Writes.Count);
        Assert.Equal([WriteOutcome.Deleted], await engine.Runs.WriteAsync(Given.Patch(Given.Id(3))));
    }

    [Theory]
    [MemberData(nameof(Released))]
    public async Task Open_ReleasedSchema_IsWrittenFoundAndCountedLikeANewOne(int version)
    {
        await using var engine = await OlderAsync(version);
        await engine.OpenAsync();

        Assert.Equal([WriteOutcome.Accepted], await engine.Runs.WriteAsync(Given.Patch(Given.Id(2)).With(write => write with { Tags = ["added"] })));
        await engine.SettleAsync();

        foreach (var (filter, id) in (ReadOnlySpan<(RunFilter, int)>)[
            (Tag("kept"), 1), (Tag("added"), 2), (new RunFilter.Search(["rayleigh"]), 1),
            (new RunFilter.HasEntry(EntryFamily.Metadata, [new EntryTest(EntryPart.Key, Equal("k")), new EntryTest(EntryPart.Value, Equal("v"))]), 1)])
        {
            Assert.Equal([Given.Id(id)], Find(engine, filter));
        }

        await engine.CloseAsync();
        await using var fresh = new SqliteEngine();
        await fresh.OpenAsync();
        await fresh.CloseAsync();
        Assert.Equal(Schema(fresh), Schema(engine));
    }

    private static RunFilter.HasTag Tag(string tag) => new(Equal(tag));

    private static ValueTest.Compare Equal(string value) => new(Comparison.Equal, value);

    private static IEnumerable<Guid> Find(SqliteEngine engine, RunFilter filter) =>
        engine.Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace, Filter = filter }, Cancellation).GetAwaiter().GetResult().Runs.Select(run => run.Id);

    /// <summary>A data folder as a server with an older schema left it: its scripts, and rows that its tables have had since the first.</summary>
    private static async Task<SqliteEngine> OlderAsync(int version)
    {
        var engine = new SqliteEngine();
        foreach (var script in Scripts().Take(version))
        {
            Execute(engine, Read(script));
        }

        Execute(engine, await File.ReadAllTextAsync(Path.Combine(Folder(), "fixtures", "rows-since-001.sql"), Cancellation));
        Execute(engine, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
        return engine;
    }

    private static IReadOnlyList<string> Scripts() =>
    [
        .. Directory.GetFiles(Path.GetFullPath(Path.Combine(Folder(), "../../../src/Server/Storage.Sqlite/Schema")), "*.sql").Order(StringComparer.Ordinal),
    ];

    private static string Read(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static object? Schema(SqliteEngine engine) =>
        Execute(engine, "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name)");

    private static object? Execute(SqliteEngine engine, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={engine.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
