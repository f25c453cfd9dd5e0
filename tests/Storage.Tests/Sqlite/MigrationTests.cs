using System.Runtime.CompilerServices;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>Schemas: forward only, and nothing is lost.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Open_FolderOfANewerServer_IsRefusedAndUntouched()
    {
        await using var engine = new SqliteEngine();
        await engine.OpenAsync();
        await engine.CloseAsync();
        Execute(engine, "PRAGMA user_version = 999");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(engine.OpenAsync);

        Assert.Contains("999", exception.Message, StringComparison.Ordinal);
        Assert.Equal(999L, Execute(engine, "PRAGMA user_version"));
    }

    [Fact]
    public async Task Open_FirstSchema_BringsItToTheNewestWithItsRows()
    {
        await using var engine = new SqliteEngine();
        Execute(engine, await File.ReadAllTextAsync(FirstSchema(), TestContext.Current.CancellationToken) + "\nPRAGMA user_version = 1;");
        Execute(engine, "INSERT INTO project (workspace, id, name, start_time, details) "
            + $"VALUES (x'{Given.Workspace.Value:N}', x'{Given.Id(7):N}', 'old', {Given.Start.UtcTicks}, '{{}}')");

        await engine.OpenAsync();
        await engine.Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { ProjectName = "old" }));

        Assert.Equal(Given.Id(7), (await engine.Runs.FindAsync(Given.Id(1)))!.ProjectId);
        await engine.CloseAsync();
        await using var fresh = new SqliteEngine();
        await fresh.OpenAsync();
        await fresh.CloseAsync();
        Assert.Equal(Schema(fresh), Schema(engine));
    }

    private static string FirstSchema([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(file, "../../../../src/Server/Storage.Sqlite/Schema/001-initial.sql"));

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
