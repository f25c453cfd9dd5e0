using System.CommandLine;
using LangSmith.Sdk.Bench;
using LangSmith.Sdk.Bench.Calls;
using LangSmith.Sdk.Bench.Peers;

// dotnet run -c Release --project bench/Sdk -- calls
// bench/peers.sh uses the other commands.

var rounds = new Option<int>("--rounds") { Description = "How often each case is measured; the quickest round counts.", DefaultValueFactory = _ => 60 };
var only = new Option<string>("--only") { Description = "Measures the cases whose names contain this alone, for a profiler.", DefaultValueFactory = _ => "" };
var calls = new Command("calls", "What a traced call costs its caller, beside OpenTelemetry.") { rounds, only };
calls.SetAction((arguments, _) => CallCosts.PrintAsync(arguments.GetValue(rounds), arguments.GetValue(only)!, Console.Out));

var machine = new Command("machine", "Says what the figures are measured on.");
machine.SetAction((_, _) => Machine.PrintAsync(Console.Out));

var endpoint = new Option<Uri>("--endpoint") { Description = "The server.", Required = true, CustomParser = argument => new Uri(argument.Tokens[0].Value) };
var project = new Option<string>("--project") { Description = "The project that the runs go to.", Required = true };
var runs = new Option<int>("--runs") { Description = "How many runs.", Required = true };
var flushEvery = new Option<int>("--flush-every")
{
    Description = "Runs between two flushes, or at a time when they last; 0 flushes at the end alone.",
    DefaultValueFactory = _ => 0,
};
var load = new Option<PeerLoad>("--load") { Description = "How they come.", Required = true };
var langSmith = new Command("langsmith", "Sends runs with this SDK.") { endpoint, project, load, runs, flushEvery };
langSmith.SetAction((arguments, _) => SendAsync(new LangSmithPeer(arguments.GetValue(endpoint)!, arguments.GetValue(project)!), arguments));
var openTelemetry = new Command("otel", "Sends spans with OpenTelemetry .NET over OTLP.") { endpoint, project, load, runs, flushEvery };
openTelemetry.SetAction((arguments, _) => SendAsync(new OpenTelemetryPeer(arguments.GetValue(endpoint)!, arguments.GetValue(project)!), arguments));

var folder = new Argument<DirectoryInfo>("folder") { Description = "Where the peers' results are, a JSON file each." };
var table = new Command("table", "Prints the results of all peers, and asks the server what arrived.") { folder, endpoint };
table.SetAction((arguments, _) => PeerTable.PrintAsync(arguments.GetValue(folder)!, arguments.GetValue(endpoint)!, Console.Out));

return await new RootCommand("Measures the SDK.") { calls, machine, langSmith, openTelemetry, table }.Parse(args).InvokeAsync();

Task SendAsync(IPeer peer, ParseResult arguments) =>
    PeerRun.PrintAsync(peer, arguments.GetValue(load), arguments.GetValue(runs), arguments.GetValue(flushEvery), Console.Out);
