using System.Diagnostics;
using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Bench.Measuring;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LangSmith.Server.Bench;

/// <summary>A store to measure, what its runs are made by, and where the figures go.</summary>
internal sealed class BenchStore(SqliteStore store, RunGenerator generator, string folder) : IAsyncDisposable
{
    public SqliteStore Store => store;

    public RunGenerator Generator => generator;

    public TextWriter Output => Console.Out;

    public static BenchStore Open(string folder, RunGenerator generator)
    {
        var start = Stopwatch.GetTimestamp();
        // Housekeeping happens when a measurement asks for it.
        var options = new SqliteStoreOptions { DataFolder = folder, HousekeepingInterval = TimeSpan.FromHours(1), RollupQuiet = TimeSpan.Zero };
        var store = SqliteStore.Open(options, new PriceBook(), TimeProvider.System, NullLogger.Instance);
        Console.WriteLine($"opened in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms");
        return new BenchStore(store, generator, folder);
    }

    /// <summary>Prints what the store takes on disk and in memory.</summary>
    public async Task ReportAsync()
    {
        await Output.WriteLineAsync(
            $"files: {Megabytes("langsmith.db"):N0} MB, log {Megabytes("langsmith.db-wal"):N0} MB, search index {Megabytes("langsmith-search.db"):N0} MB; "
            + $"memory: {ProcessMemory.Describe()}");
        double Megabytes(string file) => new FileInfo(Path.Combine(folder, file)) is { Exists: true } found ? found.Length / 1e6 : 0;
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
