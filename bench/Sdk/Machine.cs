using System.Reflection;
using System.Runtime.InteropServices;

namespace LangSmith.Sdk.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string Processors = "/proc/cpuinfo";

    public static async Task PrintAsync(TextWriter output)
    {
        var commit = typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[^1];
        await output.WriteLineAsync($"- {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB");
        await output.WriteLineAsync($"- {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        await output.WriteLineAsync($"- {DateTime.UtcNow:yyyy-MM-dd}, commit {commit}");
    }

    private static string Processor()
    {
        const string Model = "model name";
        var line = File.Exists(Processors) ? File.ReadLines(Processors).FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
