using System.CommandLine;
using System.Globalization;
using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Bench.Measuring;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

// dotnet run -c Release --project bench/Server -- --runs 1000000 --data DIR
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var runs = new Option<int>("--runs") { Description = "How many runs to write.", DefaultValueFactory = _ => 100_000 };
var seed = new Option<int>("--seed") { Description = "What the runs are made of.", DefaultValueFactory = _ => 1 };
var batch = new Option<int>("--batch") { Description = "Runs per write.", DefaultValueFactory = _ => 1_000 };
var producers = new Option<int>("--producers") { Description = "Writers at a time.", DefaultValueFactory = _ => 2 };
var times = new Option<int>("--times") { Description = "How often to read.", DefaultValueFactory = _ => 400 };
var data = new Option<DirectoryInfo?>("--data") { Description = "The data folder; one that has runs already is only read." };
var command = new RootCommand("Measures the SQLite store.") { runs, seed, batch, producers, times, data };
command.SetAction(async (arguments, _) =>
{
    var given = arguments.GetValue(data);
    var folder = given?.FullName ?? Directory.CreateTempSubdirectory("langsmith-bench-").FullName;
    var isNew = !File.Exists(Path.Combine(folder, "langsmith.db"));
    var generator = new RunGenerator(arguments.GetValue(seed), arguments.GetValue(runs));
    await using (var store = SqliteStore.Open(new SqliteStoreOptions { DataFolder = folder }, new PriceBook(), TimeProvider.System, NullLogger.Instance))
    {
        if (isNew)
        {
            await Ingestion.RunAsync(store.Runs, generator, arguments.GetValue(batch), arguments.GetValue(producers), Console.Out);
            await Ingestion.CatchUpAsync(store, generator, Console.Out);
        }

        var reading = new Reading(store, generator, arguments.GetValue(seed), arguments.GetValue(runs), Console.Out);
        await reading.RunAsync(arguments.GetValue(times));
        await reading.SearchAsync(arguments.GetValue(times));
        await Console.Out.WriteLineAsync(
            $"size: {Megabytes("langsmith.db"):N0} MB, search index {Megabytes("langsmith-search.db"):N0} MB, "
            + $"for {arguments.GetValue(runs) * 4_150e-6:N0} MB of JSON");

        double Megabytes(string file) => new FileInfo(Path.Combine(folder, file)).Length / 1e6;
    }

    if (given is null)
    {
        Directory.Delete(folder, recursive: true);
    }
});
return await command.Parse(args).InvokeAsync();
