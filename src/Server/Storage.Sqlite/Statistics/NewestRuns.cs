using System.Diagnostics;
using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>The newest runs that match, each read once for everything that is counted of them.</summary>
internal sealed class NewestRuns
{
    private const string Facts =
        "r.trace_id, r.start_time, r.end_time, r.status, r.first_token_time, r.prompt_tokens, r.completion_tokens, r.total_tokens, r.prompt_cost, "
        + "r.completion_cost, r.total_cost";

    private const int FactsCount = 11;

    /// <summary>Runs that are read however long it takes.</summary>
    private const int RunsMin = 500;

    private readonly RunStatisticsQuery _query;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<(Guid Trace, RunFacts Facts)> _runs = [];
    private readonly Dictionary<string, long>[] _facets;

    private NewestRuns(RunOverviewQuery query) =>
        (_query, _facets) = (query.Runs, [.. query.Facets.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal))]);

    /// <summary>Whether there are more than were read.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The sums of all, and by the bucket's first tick.</summary>
    public FiguresSum Total { get; } = new();

    public SortedDictionary<long, FiguresSum> Buckets { get; } = [];

    /// <summary>For each facet of the question, how many runs have which value.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, long>> Facets => _facets;

    public static NewestRuns Read(Statements statements, RunOverviewQuery query)
    {
        var newest = new NewestRuns(query);
        var sql = Print(statements, query);
        statements.Prepare(sql.Text).EachWhile(row => newest.TryTake(row, query), sql.Values);
        newest.Sum(query.Runs.WholeTraces ? newest.ReadTraces(statements) : null);
        return newest;
    }

    internal static SqlText Print(Statements statements, RunOverviewQuery query)
    {
        var sql = new SqlText();
        var (isNarrowed, isKeyed) = RunScan.AddConditions(sql, query.Runs, statements);
        var columns = query.Facets.Select(facet => facet.Attribute == RunAttribute.Tag ? "r.tags" : GroupSql.Column(facet, sql));
        return sql.Add($" ORDER BY {(isKeyed ? "+" : "")}r.start_time DESC LIMIT ").Value(query.RunsMax + 1L)
            .Prepend($"SELECT {string.Join(", ", columns.Prepend(Facts))} FROM run AS r{RunQuerySql.Indexes(isNarrowed)} WHERE ");
    }

    private bool TryTake(Row row, RunOverviewQuery query)
    {
        if (_runs.Count == query.RunsMax || (_runs.Count >= RunsMin && Stopwatch.GetElapsedTime(_start) > query.ReadingMax))
        {
            IsPartial = true;
            return false;
        }

        _runs.Add((row.Id(0), new RunFacts(
            row.Number(1), row.NumberOrNull(2), (RunStatus)row.Number(3), row.NumberOrNull(4), RunScan.ReadUsage(row, 5))));
        for (var index = 0; index < _facets.Length; index++)
        {
            if (row.TextOrNull(FactsCount + index) is not { } value)
            {
                continue;
            }

            if (query.Facets[index].Attribute != RunAttribute.Tag)
            {
                Count(index, value);
            }
            else if (value.Length > 2)
            {
                foreach (var tag in JsonSerializer.Deserialize(value, StoredJson.Default.IReadOnlyListString)!)
                {
                    Count(index, tag);
                }
            }
        }

        return true;
    }

    private void Count(int facet, string value) => _facets[facet][value] = _facets[facet].GetValueOrDefault(value) + 1;

    private void Sum(Dictionary<Guid, UsageFacts>? traces)
    {
        foreach (var (trace, facts) in _runs)
        {
            var counted = traces is null ? facts : facts with { Usage = traces.GetValueOrDefault(trace) };
            Total.Add(counted);
            if (_query.Bucket is { Ticks: > 0 and var length })
            {
                var bucket = facts.Start / length * length;
                if (!Buckets.TryGetValue(bucket, out var sum))
                {
                    Buckets.Add(bucket, sum = new FiguresSum());
                }

                sum.Add(counted);
            }
        }
    }

    private Dictionary<Guid, UsageFacts> ReadTraces(Statements statements)
    {
        var traces = new Dictionary<Guid, UsageFacts>();
        var ids = JsonSerializer.Serialize(_runs.Select(run => Convert.ToHexString(run.Trace.ToByteArray(bigEndian: true))));
        statements.Prepare(
            """
            SELECT t.trace_id, sum(t.prompt_tokens), sum(t.completion_tokens), sum(t.total_tokens),
                sum(t.prompt_cost), sum(t.completion_cost), sum(t.total_cost)
            FROM run AS t WHERE t.workspace = ?1 AND t.trace_id IN (SELECT unhex(value) FROM json_each(?2)) GROUP BY t.trace_id
            """).Each(row => traces.Add(row.Id(0), RunScan.ReadUsage(row, 1)), _query.Workspace.Value, ids);
        return traces;
    }
}
