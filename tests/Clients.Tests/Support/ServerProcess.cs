using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Clients.Tests.Support;

/// <summary>The server as users run it: a process of its own, on a free port, with a data folder that outlives it.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said;

    private ServerProcess(Process process, StringBuilder said, Uri url) => (_process, _said, Url) = (process, said, url);

    public Uri Url { get; }

    /// <summary>Everything the server wrote to its console so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public static async Task<ServerProcess> StartAsync(string dataFolder, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LangSmith.Server.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--data", dataFolder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var said = new StringBuilder();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The server exited before it was ready:\n{said}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process, said, await ready.Task.WaitAsync(TestContext.Current.CancellationToken));

        void Hear(string? line)
        {
            lock (said)
            {
                said.AppendLine(line);
            }

            if (line is not null && ReadyLine().Match(line) is { Success: true } match)
            {
                ready.TrySetResult(new Uri(match.Value));
            }
        }
    }

    /// <summary>Pulls the plug: SIGKILL, no time to write anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks the server to stop, as a supervisor does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex ReadyLine();
}
