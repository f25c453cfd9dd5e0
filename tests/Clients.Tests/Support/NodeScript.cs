using System.Diagnostics;
using System.Text.Json;

namespace Clients.Tests.Support;

/// <summary>Plays scenarios with the official JavaScript client in a process of its own.</summary>
internal static class NodeScript
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "Clients.Tests", "node");

    /// <summary>Plays a scenario against a server and returns what it returned; its failure is the test's.</summary>
    public static Task<JsonElement> PlayAsync(
        string scenario, Uri server, object argument, CancellationToken cancellation, params (string Name, string Value)[] environment) =>
        RunAsync(server, ["run.mjs", scenario, JsonSerializer.Serialize(argument)], cancellation, environment);

    /// <summary>Plays every scenario of a folder in one process and returns what came of each.</summary>
    public static Task<JsonElement> PlayAllAsync(string folder, Uri server, CancellationToken cancellation) =>
        RunAsync(server, ["suite.mjs", folder], cancellation);

    private static async Task<JsonElement> RunAsync(
        Uri server, string[] arguments, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("node", ["--no-deprecation", .. arguments])
        {
            WorkingDirectory = s_folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LANGSMITH_TRACING"] = "true";
        start.Environment["LANGSMITH_ENDPOINT"] = server.AbsoluteUri.TrimEnd('/');
        start.Environment["LANGSMITH_API_KEY"] = "lsv2_pt_any";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var played = string.Join(' ', arguments);
        Assert.True(process.ExitCode == 0, $"node {played} exited with {process.ExitCode}:\n{await output}\n{await errors}");
        // The client warns on stderr about everything that the server refused; its own deprecations are not the server's matter.
        var complaints = (await errors).Split('\n').Where(line => line.Length > 0 && !line.Contains("is deprecated and will", StringComparison.Ordinal));
        Assert.True(!complaints.Any(), $"node {played} complained:\n{string.Join('\n', complaints)}");
        var last = (await output).TrimEnd().Split('\n')[^1];
        using var json = JsonDocument.Parse(last);
        return json.RootElement.Clone();
    }
}
