using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>Adds up the runs of one span of a project in every way that is kept; each run is read once, and those of kept minutes not at all.</summary>
internal sealed class SpanFigures(Statements statements, RollupSpan span)
{
    private const string Usage = "prompt_tokens, completion_tokens, total_tokens, prompt_cost, completion_cost, total_cost";

    // Every dimension and scope is named, so that each is a short search.
    internal const string MinuteSql =
        """
        SELECT dimension, scope, value, figures FROM rollup_figures
        WHERE workspace = ?1 AND project_id = ?2 AND grain = 1 AND dimension IN (0, 1, 2, 3, 4) AND scope IN (-1, 0, 1, 2) AND number = ?3
        """;

    private readonly Dictionary<RollupKey, FiguresSum> _sums = [];
    private readonly Dictionary<RollupDimension, HashSet<string>> _values = [];
    private readonly HashSet<RollupDimension> _tooMany = [];

    /// <summary>The figures; of a dimension with too many values none but a mark.</summary>
    public IReadOnlyDictionary<RollupKey, FiguresSum> Read()
    {
        var minutes = span.Grain == RollupGrain.Hour
            ? RolledMinutes.Read(statements, span.Workspace, span.Project, span.FirstTick, span.EndTick, RollupDimension.None)
            : [];
        minutes.ForEach(AddMinute);
        foreach (var (first, end) in RolledMinutes.Between(minutes, span.FirstTick, span.EndTick))
        {
            AddRuns(first, end);
        }

        foreach (var dimension in _tooMany)
        {
            foreach (var key in _sums.Keys.Where(key => key.Dimension == dimension).ToList())
            {
                _sums.Remove(key);
            }

            _sums.Add(RollupKey.TooMany(dimension), new FiguresSum());
        }

        return _sums;
    }

    private void AddMinute(long minute) =>
        statements.Prepare(MinuteSql).Each(
                row =>
                {
                    var key = new RollupKey((RollupDimension)row.Number(0), (RollupScope)row.Number(1), row.Text(2));
                    if (key.Scope == RollupKey.Mark)
                    {
                        _tooMany.Add(key.Dimension);
                    }
                    else if (IsKept(key.Dimension, key.Value))
                    {
                        SumOf(key).MergeBytes(row.Bytes(3));
                    }
                },
                span.Workspace.Value, span.Project, minute);

    private void AddRuns(long firstTick, long endTick)
    {
        var traces = ReadTraces(firstTick, endTick);
        statements.Prepare(
            $"""
            SELECT start_time, end_time, status, first_token_time, {Usage}, is_root, trace_id, name, run_type, model, tags
            FROM run WHERE workspace = ?1 AND project_id = ?2 AND start_time >= ?3 AND start_time < ?4
            """).Each(row => Add(row, traces), span.Workspace.Value, span.Project, firstTick, endTick);
    }

    private Dictionary<Guid, UsageFacts> ReadTraces(long firstTick, long endTick)
    {
        var traces = new Dictionary<Guid, UsageFacts>();
        statements.Prepare(
            """
            SELECT t.trace_id, sum(t.prompt_tokens), sum(t.completion_tokens), sum(t.total_tokens),
                sum(t.prompt_cost), sum(t.completion_cost), sum(t.total_cost)
            FROM run AS t WHERE t.workspace = ?1 AND t.trace_id IN (
                SELECT trace_id FROM run WHERE workspace = ?1 AND project_id = ?2 AND is_root = 1 AND start_time >= ?3 AND start_time < ?4)
            GROUP BY t.trace_id
            """).Each(row => traces.Add(row.Id(0), RunScan.ReadUsage(row, 1)), span.Workspace.Value, span.Project, firstTick, endTick);
        return traces;
    }

    private void Add(Row row, Dictionary<Guid, UsageFacts> traces)
    {
        var own = new RunFacts(row.Number(0), row.NumberOrNull(1), (RunStatus)row.Number(2), row.NumberOrNull(3), RunScan.ReadUsage(row, 4));
        (RollupScope, RunFacts)[] scopes = row.Truth(10)
            ? [(RollupScope.Roots, own), (RollupScope.WholeTraces, own with { Usage = traces.GetValueOrDefault(row.Id(11)) })]
            : [(RollupScope.Children, own)];
        Add(RollupDimension.None, "", scopes);
        Add(RollupDimension.Name, row.Text(12), scopes);
        Add(RollupDimension.RunType, row.Text(13), scopes);
        if (row.TextOrNull(14) is { } model)
        {
            Add(RollupDimension.Model, model, scopes);
        }

        if (row.Text(15) is { Length: > 2 } tags)
        {
            foreach (var tag in JsonSerializer.Deserialize(tags, StoredJson.Default.IReadOnlyListString)!)
            {
                Add(RollupDimension.Tag, tag, scopes);
            }
        }
    }

    private void Add(RollupDimension dimension, string value, (RollupScope, RunFacts)[] scopes)
    {
        if (IsKept(dimension, value))
        {
            foreach (var (scope, facts) in scopes)
            {
                SumOf(new RollupKey(dimension, scope, value)).Add(facts);
            }
        }
    }

    private bool IsKept(RollupDimension dimension, string value)
    {
        if (_tooMany.Contains(dimension))
        {
            return false;
        }

        if (!_values.TryGetValue(dimension, out var values))
        {
            _values.Add(dimension, values = new HashSet<string>(StringComparer.Ordinal));
        }

        if (values.Add(value) && values.Count > RollupKey.ValuesMax)
        {
            _tooMany.Add(dimension);
            return false;
        }

        return true;
    }

    private FiguresSum SumOf(RollupKey key)
    {
        if (!_sums.TryGetValue(key, out var sum))
        {
            _sums.Add(key, sum = new FiguresSum());
        }

        return sum;
    }
}
