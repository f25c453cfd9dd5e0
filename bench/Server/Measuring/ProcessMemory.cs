using System.Globalization;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>What a process holds. Pages of mapped files are the system's cache, and are told apart.</summary>
internal static class ProcessMemory
{
    /// <summary>Tells it of a process; of this one by default.</summary>
    public static string Describe(int? process = null)
    {
        var status = $"/proc/{process?.ToString(CultureInfo.InvariantCulture) ?? "self"}/status";
        return $"{Kilobytes(status, "RssAnon") / 1024:N0} MiB of its own, {Kilobytes(status, "RssFile") / 1024:N0} MiB of mapped files";
    }

    private static long Kilobytes(string status, string name) =>
        !File.Exists(status)
            ? 0
            : File.ReadLines(status)
                .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
                .Select(line => long.Parse(line.AsSpan(name.Length + 1).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture))
                .FirstOrDefault();
}
