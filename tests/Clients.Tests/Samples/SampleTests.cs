using System.Diagnostics;
using Clients.Tests.Support;

namespace Clients.Tests.Samples;

/// <summary>Every sample runs by itself, without keys, against the server inside of it.</summary>
public sealed class SampleTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(s_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Sample_Run_SaysWhatItIsToShow(string name)
    {
        var said = await RunAsync(name);

        Assert.All(Expected(name), expected => Assert.Contains(expected, said, StringComparison.Ordinal));
    }

    private static string[] Expected(string name) => name switch
    {
        "AspNetCore" => ["order > Count", "http://127.0.0.1"],
        "ChatClient" => ["rain in Paris", "http://127.0.0.1"],
        "InMemory" => ["answer (chain) success [support]", "search (retriever) success", "The id was kept.", "[redacted]"],
        "QuickStart" => ["answer", "sent twice under one deterministic id", "user_score", " 0 dropped"],
        "Spans" => ["answer > search", "http://127.0.0.1"],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A sample that nobody says what to expect of."),
    };

    private static async Task<string> RunAsync(string name)
    {
        // Built with this project, in the same configuration.
        var output = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Clients.Tests"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(s_folder, name, output, name + ".dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("LANGSMITH_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var token = TestContext.Current.CancellationToken;
        var (said, complaints) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        Assert.True(process.ExitCode == 0, $"{name} exited with {process.ExitCode}:\n{await said}\n{await complaints}");
        return await said;
    }
}
