using System.Diagnostics;
using System.Globalization;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>The server as people run it: a process of its own, with its defaults.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Ready = "LangSmith server ready at ";

    private readonly Process _process;

    private ServerProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public int Id => _process.Id;

    /// <summary>Starts a server on a free port, and returns when it says that it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LangSmith.Server.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--data", folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("There is no 'dotnet' to start the server with.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                // Nobody reads what follows otherwise, and a full pipe would stop the server.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardOutput());
                return new ServerProcess(process, new Uri(line[Ready.Length..]));
            }
        }

        throw new InvalidOperationException($"The server did not start; it ended with {process.ExitCode}.");
    }

    public ThreadTimes Times() => ThreadTimes.Now(_process.Id);

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        using var signal = Process.Start("kill", [_process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
