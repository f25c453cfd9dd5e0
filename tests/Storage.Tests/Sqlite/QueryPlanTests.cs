using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Feedbacks;
using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Sqlite.Projects;
using LangSmith.Server.Storage.Sqlite.Rollups;
using LangSmith.Server.Storage.Sqlite.Runs;
using LangSmith.Server.Storage.Sqlite.Statistics;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Storage.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>The questions that pages ask go through an index, and never through all runs.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private static readonly RunFilter s_project = Equal(RunProperty.ProjectId, Given.Id(1));
    private static readonly RunFilter s_root = Equal(RunProperty.IsRoot, true);
    private static readonly RunFilter s_tag = new RunFilter.HasTag(new ValueTest.Compare(Comparison.Equal, "t"));

    private static readonly RunFilter s_metadata = new RunFilter.HasEntry(
        EntryFamily.Metadata,
        [new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, "k")), new EntryTest(EntryPart.Value, new ValueTest.Compare(Comparison.Equal, "v"))]);

    private readonly SqliteEngine _engine = new();

    public static TheoryData<string, RunFilter?, string> Questions => new()
    {
        { "the latest of a workspace", null, "SEARCH r USING INDEX run_time (workspace=?)" },
        { "the latest roots of a project", new RunFilter.AllOf(s_project, s_root), "SEARCH r USING INDEX run_list (workspace=? AND project_id=? AND is_root=?)" },
        { "the latest runs of a project", s_project, "SEARCH r USING INDEX run_project (workspace=? AND project_id=?)" },
        {
            "a day of a project's roots", new RunFilter.AllOf(s_project, s_root, new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, Given.Start)),
            "SEARCH r USING INDEX run_list (workspace=? AND project_id=? AND is_root=? AND start_time>?)"
        },
        { "a trace", Equal(RunProperty.TraceId, Given.Id(1)), "SEARCH r USING INDEX run_trace (workspace=? AND trace_id=?)" },
        { "some traces", new RunFilter.OneOf(RunProperty.TraceId, [Given.Id(1), Given.Id(2)]), "SEARCH r USING INDEX run_trace (workspace=? AND trace_id=?)" },
        { "children", Equal(RunProperty.ParentRunId, Given.Id(1)), "SEARCH r USING INDEX run_parent (workspace=? AND parent_run_id=?)" },
        { "some runs", new RunFilter.OneOf(RunProperty.Id, [Given.Id(1), Given.Id(2)]), "SEARCH r USING INDEX run_id (workspace=? AND id=?)" },
        { "runs of an example", Equal(RunProperty.ReferenceExampleId, Given.Id(1)), "SEARCH r USING INDEX run_example (workspace=? AND reference_example_id=?)" },
        {
            "failed roots of a project", new RunFilter.AllOf(s_project, s_root, Equal(RunProperty.Status, "error")),
            "SEARCH r USING INDEX run_list (workspace=? AND project_id=? AND is_root=?)"
        },
        {
            "roots of a project by name", new RunFilter.AllOf(s_project, s_root, Equal(RunProperty.Name, "n")),
            "SEARCH r USING INDEX run_list (workspace=? AND project_id=? AND is_root=?)"
        },
        { "a thread", new RunFilter.AllOf(s_project, Equal(RunProperty.ThreadId, "t")), "SEARCH r USING INDEX run_thread (workspace=? AND thread_id=?)" },
        { "a thread of any project", Equal(RunProperty.ThreadId, "t"), "SEARCH r USING INDEX run_thread (workspace=? AND thread_id=?)" },
        { "a rare tag", new RunFilter.AllOf(s_project, s_tag), "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)" },
        {
            "feedback of a key", new RunFilter.HasEntry(EntryFamily.Feedback, [new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, "k"))]),
            "SEARCH f USING COVERING INDEX feedback_run (workspace=? AND run_id=?)"
        },
        { "rare metadata", s_metadata, "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)" },
    };

    public async ValueTask InitializeAsync()
    {
        await _engine.OpenAsync();
        await _engine.Runs.WriteAsync(Given.Post(Given.Id(1)));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [MemberData(nameof(Questions), DisableDiscoveryEnumeration = true)]
    public void Print_HotQuestion_UsesItsIndex(string question, RunFilter? filter, string step)
    {
        var plan = Plan(new RunQuery { Workspace = Given.Workspace, Filter = filter });

        Assert.True(plan.Contains(step), $"{question}:\n{string.Join('\n', plan)}");
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN r", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Print_NextPageOfAProject_SeeksToItWithoutSorting(bool ascending)
    {
        var plan = Plan(new RunQuery
        {
            Workspace = Given.Workspace,
            Filter = new RunFilter.AllOf(s_project, s_root),
            Ascending = ascending,
            After = new RunPosition(Given.Start, Given.Id(1)),
        });

        Assert.Contains(plan, line => line.StartsWith("SEARCH r USING INDEX run_list (workspace=? AND project_id=? AND is_root=? AND ", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_FeedbackOfRuns_UsesItsIndex()
    {
        var query = new FeedbackQuery { Workspace = Given.Workspace, RunIds = [Given.Id(1), Given.Id(2)] };
        Assert.Contains("SEARCH feedback USING INDEX feedback_run (workspace=? AND run_id=?)", Plan(_ => FeedbackRow.Print(query)));
        query = query with { Keys = ["quality"] };
        Assert.Contains("SEARCH feedback USING INDEX feedback_run (workspace=? AND run_id=? AND key=?)", Plan(_ => FeedbackRow.Print(query)));
        Assert.Contains(
            "SEARCH feedback USING INDEX feedback_run (workspace=? AND run_id=?)",
            Plan(_ => FeedbackSummaries.Print(Given.Workspace, [Given.Id(1), Given.Id(2)])));
    }

    [Fact]
    public void Print_FeedbackOfAProjectAndTheLatest_UseTheirIndexes()
    {
        var ofProject = new FeedbackQuery { Workspace = Given.Workspace, ProjectIds = [Given.Id(1)], OnRuns = false };
        Assert.Contains("SEARCH feedback USING INDEX feedback_project (workspace=? AND project_id=?)", Plan(_ => FeedbackRow.Print(ofProject)));
        var latest = new FeedbackQuery { Workspace = Given.Workspace, CreatedFrom = Given.Start };
        Assert.Contains("SEARCH feedback USING INDEX feedback_time (workspace=? AND created_at>?)", Plan(_ => FeedbackRow.Print(latest)));
    }

    [Fact]
    public void Overview_EveryStatement_SearchesAnIndex()
    {
        var threads = With(statements => Explain(statements, ThreadRows.Sql, Given.Workspace.Value, Given.Id(1), 50L, 0L));
        Assert.Contains(threads, step => step.StartsWith("SEARCH r USING COVERING INDEX run_thread_root (workspace=? AND project_id=?", StringComparison.Ordinal));
        Assert.Contains("SEARCH r USING INDEX run_trace (workspace=? AND trace_id=?)", Plan(_ => TraceRows.Print(Given.Workspace, [Given.Id(1)])));
        var query = new RunOverviewQuery { Runs = new RunStatisticsQuery { Workspace = Given.Workspace, ProjectIds = [Given.Id(1)], IsRoot = true } };
        var newest = Plan(statements => NewestRuns.Print(statements, query));
        Assert.Contains("SEARCH r USING INDEX run_list (workspace=? AND project_id=? AND is_root=?)", newest);
        Assert.DoesNotContain(newest, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        var open = Plan(statements => OverviewReading.OpenSql(statements, query.Runs));
        Assert.Contains(open, step => step.StartsWith("SEARCH r USING INDEX run_open (workspace=? AND project_id=?", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_Projects_AreThoseOfTheWorkspace()
    {
        Assert.Contains(
            "SEARCH project USING INDEX project_name (workspace=? AND name=?)",
            Plan(_ => SqliteCatalogue.Print(new ProjectQuery { Workspace = Given.Workspace, Name = "n" })));
        Assert.Contains(
            Plan(_ => SqliteCatalogue.Print(new ProjectQuery { Workspace = Given.Workspace })),
            step => step.StartsWith("SEARCH project USING ", StringComparison.Ordinal) && step.Contains("(workspace=?)", StringComparison.Ordinal));
    }

    [Fact]
    public void Rollups_EveryStatement_SearchesAnIndexToItsEnd()
    {
        var question = RollupQuery.TryOf(new RunStatisticsQuery
        {
            Workspace = Given.Workspace,
            ProjectIds = [Given.Id(1)],
            GroupBy = new RunGrouping(RunAttribute.Name),
            From = Given.Start,
            To = Given.Start.AddDays(1),
        })!;
        var (first, end) = (Given.Start.UtcTicks, Given.Start.AddHours(1).UtcTicks);

        string[] plans = With(statements =>
        {
            var reading = new RollupReading(statements, question);
            return new[]
            {
                Explain(statements, reading.HoursSql()),
                Explain(statements, reading.FiguresSql(Given.Id(1), RollupGrain.Hour, 1, RollupScope.Roots)),
                Explain(statements, RolledMinutes.Sql(Given.Workspace, Given.Id(1), first, end, new RollupGrouping(RollupDimension.Metadata, "k"))),
                Explain(statements, Roller.QuietSql, 1L, 2L, 3L),
                Explain(statements, SpanFigures.MinuteSql, Given.Workspace.Value, Given.Id(1), 1L),
            }.Select(plan => string.Join('\n', plan)).ToArray();
        });

        const string figures = "SEARCH rollup_figures USING INDEX rollup_figures_place (workspace=? AND project_id=? AND grain=? AND number=?";
        Assert.Contains("SEARCH r USING PRIMARY KEY (workspace=? AND project_id=? AND grain=? AND number>? AND number<?)", plans[0], StringComparison.Ordinal);
        Assert.Contains(figures + " AND dimension=? AND key=? AND scope=?)", plans[1], StringComparison.Ordinal);
        Assert.Contains("SEARCH r USING PRIMARY KEY (workspace=? AND project_id=? AND grain=? AND number>? AND number<?)", plans[2], StringComparison.Ordinal);
        Assert.Equal("SEARCH rollup_span USING INDEX rollup_span_changed (grain=? AND changed_at<?)", plans[3]);
        Assert.Contains(figures + ")", plans[4], StringComparison.Ordinal);
        Assert.All(plans, plan => Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal));
    }

    private List<string> Plan(RunQuery query) => Plan(statements => RunQuerySql.Print(query, RunRow.Columns, RunRow.Visible, new RunTerms(statements)));

    private List<string> Plan(Func<Statements, SqlText> print) => With(statements => Explain(statements, print(statements)));

    private T With<T>(Func<Statements, T> ask)
    {
        using var connection = new SqliteConnection($"Data Source={_engine.DatabasePath};Pooling=False");
        connection.Open();
        using var statements = new Statements(connection);
        return ask(statements);
    }

    private static List<string> Explain(Statements statements, SqlText sql) => Explain(statements, sql.Text, sql.Values);

    private static List<string> Explain(Statements statements, string sql, params object?[] values) =>
        statements.Prepare("EXPLAIN QUERY PLAN " + sql).List(row => row.Text(3), values);

    private static RunFilter.Compare Equal(RunProperty property, FilterValue value) => new(property, Comparison.Equal, value);
}
