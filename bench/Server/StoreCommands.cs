using System.CommandLine;
using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Bench.Measuring;

namespace LangSmith.Server.Bench;

/// <summary>The commands, with what can be chosen of each.</summary>
internal static class StoreCommands
{
    private static readonly Option<DirectoryInfo> s_data = new("--data") { Description = "The data folder.", Required = true };
    private static readonly Option<int> s_runs = new("--runs") { Description = "Runs of the whole store.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> s_seed = new("--seed") { Description = "What the runs are made of.", DefaultValueFactory = _ => 1 };

    /// <summary>Writes a part of the runs, so that a large store can be made in pieces.</summary>
    public static Command Ingest()
    {
        var from = new Option<int>("--from") { Description = "The first run to write.", DefaultValueFactory = _ => 0 };
        var to = new Option<int?>("--to") { Description = "The run to end before; the last one when absent." };
        var batch = new Option<int>("--batch") { Description = "Runs per write.", DefaultValueFactory = _ => 1_000 };
        var producers = new Option<int>("--producers") { Description = "Writers at a time.", DefaultValueFactory = _ => 2 };
        return Make("ingest", "Writes runs into the store, with no HTTP between.", [from, to, batch, producers], (bench, arguments) =>
            new Ingestion(bench).RunAsync(
                arguments.GetValue(from), arguments.GetValue(to) ?? arguments.GetValue(s_runs), arguments.GetValue(batch), arguments.GetValue(producers)));
    }

    public static Command Read()
    {
        var times = new Option<int>("--times") { Description = "How often to read.", DefaultValueFactory = _ => 400 };
        var to = new Option<int?>("--to") { Description = "The run that the store ends before; the last one when absent." };
        return Make("read", "Reads in the ways that pages and clients do.", [times, to], (bench, arguments) =>
            new Reading(bench, (arguments.GetValue(to) ?? arguments.GetValue(s_runs)) / RunGenerator.TraceLength).RunAsync(arguments.GetValue(times)));
    }

    public static Command Index() =>
        Make("index", "Waits until the search index has everything; delete its file before to see it made.", [], (bench, _) =>
            new Ingestion(bench).CatchUpAsync());

    public static Command Delete()
    {
        var project = new Option<string>("--project") { Description = "The project to delete.", DefaultValueFactory = _ => "project-4" };
        return Make("delete", "Deletes a project while runs are posted.", [project], (bench, arguments) =>
            new Deleting(bench).RunAsync(arguments.GetValue(project)!));
    }

    public static Command Clients()
    {
        var clients = new Option<int>("--clients") { Description = "Clients at a time.", DefaultValueFactory = _ => 64 };
        var batch = new Option<int>("--batch") { Description = "Runs per request.", DefaultValueFactory = _ => 1 };
        var from = new Option<int>("--from") { Description = "The first run to post.", DefaultValueFactory = _ => 0 };
        var to = new Option<int>("--to") { Description = "The run to end before.", DefaultValueFactory = _ => 50_000 };
        var warmUp = new Option<int>("--warm-up") { Description = "Runs that are posted before the clock starts.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("clients", "Posts runs over HTTP to a server that is started for it.")
        {
            s_data, s_runs, s_seed, clients, batch, from, to, warmUp,
        };
        command.SetAction(async (arguments, _) =>
        {
            await using var server = await ServerProcess.StartAsync(arguments.GetValue(s_data)!.FullName);
            using var posting = new Posting(server, arguments.GetValue(batch), arguments.GetValue(clients));
            await posting.RunAsync(
                new RunGenerator(arguments.GetValue(s_seed), arguments.GetValue(s_runs)),
                arguments.GetValue(from), arguments.GetValue(to), arguments.GetValue(warmUp));
        });
        return command;
    }

    public static Command StartUp()
    {
        var idle = new Option<int>("--idle") { Description = "Seconds to look on while nobody asks.", DefaultValueFactory = _ => 60 };
        var command = new Command("start", "Starts a server, and looks on while it has nothing to do.") { s_data, idle };
        command.SetAction((arguments, _) =>
            Measuring.StartUp.RunAsync(arguments.GetValue(s_data)!.FullName, TimeSpan.FromSeconds(arguments.GetValue(idle))));
        return command;
    }

    private static Command Make(string name, string description, Option[] options, Func<BenchStore, ParseResult, Task> measure)
    {
        var command = new Command(name, description) { s_data, s_runs, s_seed };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (arguments, _) =>
        {
            await using var bench = BenchStore.Open(
                arguments.GetValue(s_data)!.FullName, new RunGenerator(arguments.GetValue(s_seed), arguments.GetValue(s_runs)));
            await measure(bench, arguments);
            await bench.ReportAsync();
        });
        return command;
    }
}
