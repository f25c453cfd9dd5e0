using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>What is rolled up when; that the figures are right is the contract's.</summary>
public sealed class RollupTests : IAsyncLifetime
{
    private readonly SqliteEngine _engine = new();

    public async ValueTask InitializeAsync() => await _engine.OpenAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task HousekeepAsync_HourThatIsWrittenTo_KeepsTheFiguresOfItsQuietMinutes()
    {
        await WriteAsync(1, minute: 0);
        await _engine.PassAsync(TimeSpan.FromSeconds(20));
        await WriteAsync(2, minute: 1);

        await _engine.PassAsync(TimeSpan.FromSeconds(20));

        Assert.Equal([1L, 1L, 0L], [Rolled(1), Changed(1), Rolled(60)]);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task HousekeepAsync_HourThatBecameQuiet_KeepsItsFiguresInThePlaceOfItsMinutes()
    {
        await WriteAsync(1, minute: 0);
        await _engine.PassAsync(TimeSpan.FromSeconds(20));
        await WriteAsync(2, minute: 1);
        await _engine.PassAsync(TimeSpan.FromSeconds(20));

        await _engine.PassAsync(TimeSpan.FromSeconds(20));

        Assert.Equal([0L, 0L, 1L], [Rolled(1), Changed(1), Rolled(60)]);
        Assert.Equal(0L, Scalar("SELECT count(*) FROM rollup_figures WHERE grain = 1"));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task SummarizeAsync_QuietMinuteThatChangedAgain_CountsTheChange()
    {
        await WriteAsync(1, minute: 0);
        await _engine.PassAsync(TimeSpan.FromSeconds(20));
        await WriteAsync(2, minute: 1);
        await _engine.PassAsync(TimeSpan.FromSeconds(20));

        await WriteAsync(3, minute: 0);

        Assert.Equal(0L, Rolled(1));
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Open_RunsThatCameBeforeRollups_AreCountedBeforeAndAfterTheirHoursAreNoted()
    {
        await WriteAsync(1, minute: 0);
        await WriteAsync(2, minute: 90);
        await _engine.CloseAsync();
        Scalar("DELETE FROM rollup_span; INSERT INTO rollup_fill (only, rid) SELECT 1, max(rid) FROM run");
        await _engine.OpenAsync();
        Assert.Equal(2, await CountAsync());

        await _engine.SettleAsync();

        Assert.Equal(2L, Rolled(60));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM rollup_fill"));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task HousekeepAsync_MetadataOfAQuietHour_IsKeptByItsGroupsAndNotByItsIds()
    {
        await WriteMetadataAsync(runs: 100, run => $$$"""{"tier":"{{{(run % 2 == 0 ? "pro" : "free")}}}","request":"{{{run}}}"}""");

        await _engine.SettleAsync();

        Assert.Equal([2L, 0L, 1L], [Kept("tier"), Kept("request"), Scalar("SELECT count(*) FROM rollup_figures WHERE key = 'request' AND scope = -1")]);
        // What is read from the runs from here on has no metadata.
        Scalar("UPDATE run SET metadata = '{}'");
        Assert.Equal(["free 50", "pro 50"], await GroupsAsync("tier"));
        Assert.Empty(await GroupsAsync("request"));
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public async Task HousekeepAsync_SoManyKeysOfMetadata_KeepsAllOrNone(int keys, bool areKept)
    {
        await WriteMetadataAsync(runs: 2, _ => "{" + string.Join(",", Enumerable.Range(1, keys).Select(key => $"\"k{key}\":\"v\"")) + "}");

        await _engine.SettleAsync();

        Assert.Equal(areKept ? 50L : 0L, Scalar("SELECT count(*) FROM rollup_figures WHERE dimension = 5 AND scope = 1"));
        Assert.Equal(["v 2"], await GroupsAsync($"k{keys}"));
    }

    [Fact]
    public async Task Open_FiguresFromBeforeThoseOfMetadata_AreReadFromTheRunsByMetadataAlone()
    {
        await WriteMetadataAsync(runs: 2, _ => """{"tier":"pro"}""");
        await _engine.SettleAsync();
        await _engine.CloseAsync();
        Scalar(
            """
            DELETE FROM rollup_figures WHERE dimension = 5;
            DROP INDEX rollup_figures_place;
            ALTER TABLE rollup_figures DROP COLUMN key;
            CREATE UNIQUE INDEX rollup_figures_place ON rollup_figures (workspace, project_id, grain, dimension, scope, number, value);
            PRAGMA user_version = 6;
            """);

        await _engine.OpenAsync();

        Assert.Equal(["pro 2"], await GroupsAsync("tier"));
        Scalar("UPDATE run SET metadata = '{}', name = 'changed'");
        Assert.Empty(await GroupsAsync("tier"));
        Assert.Equal(2, await CountAsync());
    }

    private async Task WriteMetadataAsync(int runs, Func<int, string> metadata) => await _engine.Runs.WriteAsync(
        [.. Enumerable.Range(1, runs).Select(run => Given.Post(Given.Id(run), Given.Start).With(write => write with
        {
            Extra = Given.Json($$"""{"metadata":{{metadata(run)}}}"""),
        }))]);

    private object? Kept(string key) => Scalar($"SELECT count(*) FROM rollup_figures WHERE key = '{key}' AND scope IN (0, 1)");

    private async Task<IEnumerable<string>> GroupsAsync(string key) => (await _engine.Statistics.SummarizeAsync(
            new RunStatisticsQuery { Workspace = Given.Workspace, GroupBy = new RunGrouping(RunAttribute.Metadata, key) }, TestContext.Current.CancellationToken))
        .Select(group => $"{group.Group} {group.Runs}");

    private async Task WriteAsync(int run, int minute) => await _engine.Runs.WriteAsync(Given.Post(Given.Id(run), Given.Start.AddMinutes(minute)));

    private async Task<long> CountAsync() =>
        (await _engine.Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = Given.Workspace }, TestContext.Current.CancellationToken))[0].Runs;

    private object? Rolled(int grain) => Scalar($"SELECT count(*) FROM rollup_span WHERE grain = {grain} AND changes = rolled");

    private object? Changed(int grain) => Scalar($"SELECT count(*) FROM rollup_span WHERE grain = {grain} AND changes <> rolled");

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_engine.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
