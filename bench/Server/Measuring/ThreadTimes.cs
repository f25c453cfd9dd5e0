using System.Globalization;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Processor time by kind of thread, in hundredths of a second, from Linux's <c>/proc</c>; nothing elsewhere.</summary>
internal sealed class ThreadTimes
{
    private readonly Dictionary<string, long> _ticks = [];

    /// <summary>Seconds of all threads.</summary>
    public double Total => _ticks.Values.Sum() / 100.0;

    /// <summary>What the threads of a process have taken until now; of this process by default.</summary>
    public static ThreadTimes Now(int? process = null)
    {
        var times = new ThreadTimes();
        var folder = $"/proc/{process?.ToString(CultureInfo.InvariantCulture) ?? "self"}/task";
        foreach (var thread in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            times.Add(thread);
        }

        return times;
    }

    /// <summary>Seconds of the threads of one kind.</summary>
    public double SecondsOf(string kind) => _ticks.GetValueOrDefault(kind) / 100.0;

    /// <summary>Adds what has passed between two moments.</summary>
    public ThreadTimes AddBetween(ThreadTimes start, ThreadTimes end)
    {
        foreach (var (kind, ticks) in end._ticks)
        {
            _ticks[kind] = _ticks.GetValueOrDefault(kind) + ticks - start._ticks.GetValueOrDefault(kind);
        }

        return this;
    }

    /// <summary>Microseconds per run of each kind, the total first.</summary>
    public string PerRun(long runs) =>
        $"{_ticks.Values.Sum() * 10_000.0 / runs:N0} µs CPU per run ("
        + string.Join(", ", _ticks.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value * 10_000.0 / runs:N0}")) + ")";

    /// <summary>Seconds of each kind.</summary>
    public string Seconds() => string.Join(", ", _ticks.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value / 100.0:N1} s CPU"));

    private void Add(string thread)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            var name = stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')];
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var kind = name switch
            {
                "LangSmith SQLit" => "writer",
                "LangSmith searc" => "search index",
                ".NET TP Worker" => "requests",
                ".NET Sockets" => "sockets",
                _ => "runtime",
            };
            _ticks[kind] = _ticks.GetValueOrDefault(kind)
                + long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // The thread ended meanwhile.
        }
    }
}
