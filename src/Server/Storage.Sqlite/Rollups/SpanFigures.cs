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

    internal const string MinuteSql =
        """
        SELECT dimension, key, scope, value, figures FROM rollup_figures WHERE workspace = ?1 AND project_id = ?2 AND grain = 1 AND number = ?3
        """;

    private readonly Dictionary<RollupKey, FiguresSum> _sums = [];
    private readonly KeptGroups _groups = new();

    /// <summary>The figures; by a grouping that has too many groups none but a mark.</summary>
    public IReadOnlyDictionary<RollupKey, FiguresSum> Read()
    {
        var minutes = span.Grain == RollupGrain.Hour
            ? RolledMinutes.Read(statements, span.Workspace, span.Project, span.FirstTick, span.EndTick, new RollupGrouping(RollupDimension.None))
            : [];
        minutes.ForEach(AddMinute);
        foreach (var (first, end) in RolledMinutes.Between(minutes, span.FirstTick, span.EndTick))
        {
            AddRuns(first, end);
        }

        if (span.Grain == RollupGrain.Hour)
        {
            var runs = _sums.Where(sum => sum.Key.Scope != RollupScope.WholeTraces).ToLookup(sum => sum.Key.Grouping, sum => sum.Value.Runs);
            _groups.DropIds(grouping => runs[grouping].Sum());
        }

        foreach (var key in _sums.Keys.Where(key => _groups.IsDropped(key.Grouping)).ToList())
        {
            _sums.Remove(key);
        }

        foreach (var grouping in _groups.Dropped)
        {
            _sums.Add(RollupKey.NotKept(grouping), new FiguresSum());
        }

        return _sums;
    }

    private void AddMinute(long minute) =>
        statements.Prepare(MinuteSql).Each(
                row =>
                {
                    var grouping = new RollupGrouping((RollupDimension)row.Number(0), row.Text(1));
                    var key = new RollupKey(grouping, (RollupScope)row.Number(2), row.Text(3));
                    if (key.Scope == RollupKey.Mark)
                    {
                        _groups.Drop(grouping);
                    }
                    else if (_groups.Keeps(grouping, key.Value))
                    {
                        SumOf(key).MergeBytes(row.Bytes(4));
                    }
                },
                span.Workspace.Value, span.Project, minute);

    private void AddRuns(long firstTick, long endTick)
    {
        var traces = ReadTraces(firstTick, endTick);
        statements.Prepare(
            $"""
            SELECT start_time, end_time, status, first_token_time, {Usage}, is_root, trace_id, name, run_type, model, tags, metadata
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
        Add(new RollupGrouping(RollupDimension.None), "", scopes);
        Add(new RollupGrouping(RollupDimension.Name), row.Text(12), scopes);
        Add(new RollupGrouping(RollupDimension.RunType), row.Text(13), scopes);
        if (row.TextOrNull(14) is { } model)
        {
            Add(new RollupGrouping(RollupDimension.Model), model, scopes);
        }

        if (row.Text(15) is { Length: > 2 } tags)
        {
            foreach (var tag in JsonSerializer.Deserialize(tags, StoredJson.Default.IReadOnlyListString)!)
            {
                Add(new RollupGrouping(RollupDimension.Tag), tag, scopes);
            }
        }

        if (row.Text(16) is { Length: > 2 } metadata)
        {
            foreach (var (key, value) in JsonSerializer.Deserialize(metadata, StoredJson.Default.IReadOnlyDictionaryStringString)!)
            {
                Add(new RollupGrouping(RollupDimension.Metadata, key), value, scopes);
            }
        }
    }

    private void Add(RollupGrouping grouping, string value, (RollupScope, RunFacts)[] scopes)
    {
        if (_groups.Keeps(grouping, value))
        {
            foreach (var (scope, facts) in scopes)
            {
                SumOf(new RollupKey(grouping, scope, value)).Add(facts);
            }
        }
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
