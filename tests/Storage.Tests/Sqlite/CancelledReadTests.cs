using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>A read whose visitor has left does not keep a processor and a reader busy.</summary>
public sealed class CancelledReadTests : IAsyncLifetime
{
    private const string Endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

    private readonly SqliteEngine _engine = new();

    public async ValueTask InitializeAsync()
    {
        await _engine.OpenAsync();
        await _engine.Runs.WriteAsync(Given.Post(Given.Id(1)));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task ReadAsync_CancelledInTheMidstOfAStatement_EndsAndLeavesTheReaderUsable()
    {
        var opened = 0;
        using var database = new Database(_engine.DatabasePath, readersMax: 1, _ => opened++);
        using var visitor = new CancellationTokenSource();

        var left = await Assert.ThrowsAsync<OperationCanceledException>(() => database.ReadAsync(
            statements =>
            {
                visitor.Cancel();
                return statements.Prepare(Endless).Scalar();
            },
            visitor.Token));

        Assert.Equal(visitor.Token, left.CancellationToken);
        using var next = new CancellationTokenSource();
        Assert.Equal(1L, await database.ReadAsync(statements => statements.Prepare("SELECT count(*) FROM run").Scalar(), next.Token));
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task ReadAsync_CancelledBetweenRows_Ends()
    {
        using var database = new Database(_engine.DatabasePath, readersMax: 1, _ => { });
        using var visitor = new CancellationTokenSource();

        await Assert.ThrowsAsync<OperationCanceledException>(() => database.ReadAsync(
            statements =>
            {
                statements.Prepare("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n").Each(_ => visitor.Cancel());
                return 0;
            },
            visitor.Token));
    }

    [Fact]
    public async Task ReadAsync_Fault_IsNoCancellation()
    {
        using var database = new Database(_engine.DatabasePath, readersMax: 1, _ => { });
        using var visitor = new CancellationTokenSource();

        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(statements => statements.Prepare("SELECT nothing").Scalar(), visitor.Token));
        Assert.Equal(1L, await database.ReadAsync(statements => statements.Prepare("SELECT 1").Scalar(), visitor.Token));
    }
}
