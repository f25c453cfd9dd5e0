using System.CommandLine;

namespace LangSmith.Server.Commands;

/// <summary>The main command: runs the server until it is asked to stop.</summary>
internal static class ServeCommand
{
    public static RootCommand Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen; port 0 takes a free one. Default http://127.0.0.1:1984." };
        var data = new Option<string?>("--data") { Description = "The folder with everything the server keeps. Default ./langsmith-data." };
        var apiKey = new Option<string?>("--api-key")
        {
            Description = "The key that clients must send. Without one the server listens on loopback only and takes any key.",
        };
        var command = new RootCommand("A LangSmith-compatible server.") { urls, data, apiKey };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            options => options with
            {
                Urls = parsed.GetValue(urls) ?? options.Urls,
                DataFolder = parsed.GetValue(data) ?? options.DataFolder,
                ApiKey = parsed.GetValue(apiKey) is { Length: > 0 } key ? key : options.ApiKey,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<LangSmithServerOptions, LangSmithServerOptions> configure, CancellationToken cancellationToken)
    {
        try
        {
            var options = configure(ServerConfiguration.Read(ServerConfiguration.Load(AppContext.BaseDirectory, Environment.CurrentDirectory)));
            await using var server = await LangSmithServer.StartAsync(options, ownsProcess: true, cancellationToken);
            Console.WriteLine($"LangSmith server ready at {server.Url.AbsoluteUri.TrimEnd('/')}");
            await server.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception exception) when (exception is ServerStartException or IOException)
        {
            await Console.Error.WriteLineAsync($"The server did not start: {exception.Message}");
            return 2;
        }
    }
}
