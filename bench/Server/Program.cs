using System.CommandLine;
using System.Globalization;
using LangSmith.Server.Bench;

// Each command is one measurement: bench/results/server.md has the figures.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await new RootCommand("Measures the server and its SQLite store.")
{
    StoreCommands.Ingest(),
    StoreCommands.Read(),
    StoreCommands.Index(),
    StoreCommands.Delete(),
    StoreCommands.Clients(),
    StoreCommands.StartUp(),
}.Parse(args).InvokeAsync();
