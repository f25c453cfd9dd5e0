using System.Diagnostics;
using System.Globalization;

namespace Server.Tests.Host;

/// <summary>The server's program, run as users run it.</summary>
internal sealed class ServerProgram : IAsyncDisposable
{
    private const string Ready = "LangSmith server ready at ";
    private readonly Process _process;

    private ServerProgram(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts the server on a free port and waits for its first line, which says where it is.</summary>
    public static async Task<ServerProgram> StartAsync(params string[] arguments)
    {
        var process = Launch(["--urls", "http://127.0.0.1:0", .. arguments]);
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync(Cancellation);
        Assert.StartsWith(Ready, line ?? "", StringComparison.Ordinal);
        return new ServerProgram(process, new Uri(line![Ready.Length..]));
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    /// <summary>Asks the server to stop as a supervisor does.</summary>
    /// <returns>Its exit code, and what it still said.</returns>
    public async Task<(int Exit, string Output)> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        var output = await _process.StandardOutput.ReadToEndAsync(Cancellation);
        await _process.WaitForExitAsync(Cancellation);
        return (_process.ExitCode, output);
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

    private static Process Launch(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LangSmith.Server.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
    }
}
