using System.CommandLine;
using LangSmith.Server.Commands;

// Patterns of schemas come from users: one that backtracks for ever must not hang a request.
AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(1));

var command = ServeCommand.Create();
command.Subcommands.Add(KeysCommand.Create());
command.Subcommands.Add(BackupCommand.Create());

// The host answers SIGTERM and Ctrl+C itself: it stops gracefully and the command returns 0.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
