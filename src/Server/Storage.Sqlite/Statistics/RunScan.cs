using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Adds up figures by reading every matching run; of the index alone, where the conditions allow.</summary>
internal sealed class RunScan(Statements statements, RunStatisticsQuery query)
{
    private const string Usage = "r.prompt_tokens, r.completion_tokens, r.total_tokens, r.prompt_cost, r.completion_cost, r.total_cost";

    private readonly Dictionary<(string Group, long Bucket), FiguresSum> _sums = [];

    public Dictionary<(string Group, long Bucket), FiguresSum> Run()
    {
        var traces = query.WholeTraces ? SumTraces() : null;
        var sql = new SqlText();
        var isNarrowed = AddConditions(sql);
        // The group comes last, because its key is a value.
        sql.Prepend(
            $"""
            SELECT {GroupSql.Column(query.GroupBy, sql)}, r.start_time, r.end_time, r.status, r.first_token_time, {(traces is null ? Usage : "r.trace_id")}
            FROM run AS r{RunQuerySql.Indexes(isNarrowed)}{GroupSql.Join(query.GroupBy)} WHERE 
            """);
        statements.Prepare(sql.Text).Each(row => Add(row, traces), sql.Values);
        return _sums;
    }

    /// <summary>Tokens and costs from six columns that follow each other.</summary>
    public static UsageFacts ReadUsage(Row row, int column) => new(
        row.NumberOrNull(column), row.NumberOrNull(column + 1), row.NumberOrNull(column + 2),
        row.FractionOrNull(column + 3), row.FractionOrNull(column + 4), row.FractionOrNull(column + 5));

    private void Add(Row row, Dictionary<Guid, UsageFacts>? traces)
    {
        if (row.IsNull(0))
        {
            return;
        }

        var group = query.GroupBy?.Attribute == RunAttribute.Project ? row.Id(0).ToString() : row.Text(0);
        var start = row.Number(1);
        var bucket = query.Bucket is { Ticks: > 0 and var length } ? start / length * length : 0;
        if (!_sums.TryGetValue((group, bucket), out var sum))
        {
            _sums.Add((group, bucket), sum = new FiguresSum());
        }

        var usage = traces is null ? ReadUsage(row, 5) : traces.GetValueOrDefault(row.Id(5));
        sum.Add(new RunFacts(start, row.NumberOrNull(2), (RunStatus)row.Number(3), row.NumberOrNull(4), usage));
    }

    private Dictionary<Guid, UsageFacts> SumTraces()
    {
        var sql = new SqlText();
        sql.Add(
            """
            SELECT t.trace_id, sum(t.prompt_tokens), sum(t.completion_tokens), sum(t.total_tokens),
                sum(t.prompt_cost), sum(t.completion_cost), sum(t.total_cost)
            FROM run AS t WHERE t.workspace = 
            """).Value(query.Workspace.Value).Add(" AND t.trace_id IN (SELECT r.trace_id FROM run AS r WHERE ");
        AddConditions(sql);
        sql.Add(") GROUP BY t.trace_id");
        var traces = new Dictionary<Guid, UsageFacts>();
        statements.Prepare(sql.Text).Each(row => traces.Add(row.Id(0), ReadUsage(row, 1)), sql.Values);
        return traces;
    }

    private bool AddConditions(SqlText sql) => AddConditions(sql, query, statements).IsNarrowed;

    /// <summary>Adds what a run, called <c>r</c>, must satisfy.</summary>
    /// <returns>What is known of the runs that satisfy it: see <see cref="FilterSql"/>.</returns>
    public static (bool IsNarrowed, bool IsKeyed) AddConditions(SqlText sql, RunStatisticsQuery query, Statements statements)
    {
        sql.Add("r.workspace = ").Value(query.Workspace.Value).AndIn("r.project_id", query.ProjectIds);
        if (query.IsRoot is { } root)
        {
            sql.Add(" AND r.is_root = ").Value(root);
        }

        if (query.From is { } from)
        {
            sql.Add(" AND r.start_time >= ").Value(from);
        }

        if (query.To is { } to)
        {
            sql.Add(" AND r.start_time < ").Value(to);
        }

        sql.Add(" AND ");
        var known = RunQuerySql.AddConditions(sql, query.Workspace, query.Filter, query.TraceFilter, query.TreeFilter, new RunTerms(statements));
        sql.Add(RunRow.Visible);
        return known;
    }
}
