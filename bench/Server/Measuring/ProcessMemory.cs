using System.Globalization;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>What this process holds. Pages of mapped files are the system's cache, and are told apart.</summary>
internal static class ProcessMemory
{
    public static string Describe() =>
        $"{Kilobytes("RssAnon") / 1024:N0} MiB of its own, {Kilobytes("RssFile") / 1024:N0} MiB of mapped files, "
        + $"managed heap {GC.GetTotalMemory(forceFullCollection: false) / 1024 / 1024:N0} MiB";

    private static long Kilobytes(string name) =>
        !File.Exists("/proc/self/status")
            ? 0
            : File.ReadLines("/proc/self/status")
                .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
                .Select(line => long.Parse(line.AsSpan(name.Length + 1).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture))
                .FirstOrDefault();
}
