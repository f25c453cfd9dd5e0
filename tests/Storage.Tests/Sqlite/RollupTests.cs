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
