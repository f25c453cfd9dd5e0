using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Reads what was ingested in the ways that pages and clients do.</summary>
internal sealed class Reading(BenchStore bench, int traces)
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly RunFilter s_root = new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true);
    private static readonly RunFilter s_failed = new RunFilter.Compare(RunProperty.Status, Comparison.Equal, "error");

    // Not of the runs: the same reads whatever they are made of.
    private readonly Random _random = new(7);

    private DateTimeOffset End => bench.Generator.StartOf(traces);

    public async Task RunAsync(int times)
    {
        var projects = await bench.Store.Catalogue.ListProjectsAsync(new ProjectQuery { Workspace = WorkspaceId.Default }, s_none);
        Guid[] all = [.. projects.Where(project => project.Name.StartsWith("project-", StringComparison.Ordinal)).Select(project => project.Id)];
        var first = projects.Single(project => project.Name == "project-0").Id;
        await ReadRunsAsync(times);
        await ListAsync(times, new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, first));
        await SearchAsync(times);
        await ReadFeedbackAsync(times, first);
        await ReadFiguresAsync(Math.Max(5, times / 20), first, all);
    }

    private async Task ReadRunsAsync(int times)
    {
        var big = await BigTrace.EnsureAsync(bench);
        await MeasureAsync("read by id, with payload", times, target: 1, async _ =>
            Expect(await bench.Store.Runs.FindAsync(
                WorkspaceId.Default, bench.Generator.RunId(AnyTrace(), _random.Next(RunGenerator.TraceLength)), RunPayload.All, s_none) is not null));
        await MeasureAsync("tree of 10, with payload", times, target: 2, _ => QueryAsync(OfTrace(bench.Generator.TraceId(AnyTrace())), RunPayload.All, 10));
        await MeasureAsync($"trace of {BigTrace.Length:N0} runs, without payload", Math.Max(5, times / 40), target: null, _ =>
            QueryAsync(OfTrace(big), RunPayload.None, BigTrace.Length, BigTrace.Length));
        await MeasureAsync("identity report", times, target: null, async _ =>
            Expect(await bench.Store.Runs.FindIdentityAsync(WorkspaceId.Default, bench.Generator.TraceId(AnyTrace()), s_none) is not null));
    }

    private async Task ListAsync(int times, RunFilter project)
    {
        var roots = new RunFilter.AllOf(project, s_root);
        await MeasureAsync("runs table: the 50 latest roots of a project", times, target: 5, _ => QueryAsync(roots, RunPayload.None, 50));
        await MeasureAsync("the same, with payload", times, target: null, _ => QueryAsync(roots, RunPayload.All, 50));
        await MeasureAsync("the 50 latest runs of a project", times, target: 5, _ => QueryAsync(project, RunPayload.None, 50));
        await MeasureAsync("the 50 latest runs of the workspace", times, target: 5, _ => QueryAsync(null, RunPayload.None, 50));
        await MeasureAsync("a page of 50 roots anywhere in the project", times, target: 5, _ => QueryAsync(
            roots, RunPayload.None, 50, after: new RunPosition(bench.Generator.StartOf(AnyTrace() / 2 + (traces / 2)), Guid.Empty)));
        await MeasureAsync("filter: failed roots, latest 50", times, target: 20, _ => QueryAsync(new RunFilter.AllOf(roots, s_failed), RunPayload.None, 50));
        await MeasureAsync("filter: failed roots over 5 s with a tag, a day", times / 4, target: 20, _ => QueryAsync(
            new RunFilter.AllOf(
                roots, s_failed,
                new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, End.AddDays(-1)),
                new RunFilter.Compare(RunProperty.Latency, Comparison.Greater, 5.0),
                new RunFilter.HasTag(new ValueTest.Compare(Comparison.Equal, "stable"))),
            RunPayload.None, expected: null));
        await MeasureAsync("filter: metadata user_id, latest 50", times, target: 20, _ => QueryAsync(
            Entry(EntryFamily.Metadata, "user_id", new ValueTest.Compare(Comparison.Equal, $"user-{_random.Next(10_000)}")), RunPayload.None, null));
        await MeasureAsync("filter: metadata that all runs have, latest 50", times, target: 20, _ => QueryAsync(
            Entry(EntryFamily.Metadata, "environment", new ValueTest.Compare(Comparison.Equal, "production")), RunPayload.None, 50));
        await MeasureAsync("filter: feedback below 0.3, latest 50", 5, target: 20, _ => QueryAsync(
            Entry(EntryFamily.Feedback, "correctness", new ValueTest.Compare(Comparison.Less, 0.3)), RunPayload.None, 50));
    }

    private async Task SearchAsync(int times)
    {
        await MeasureAsync("search a rare word", times, target: 50, number => QueryAsync(
            new RunFilter.Search([RunGenerator.RareWord(7 + (number * RunGenerator.RareWordEvery % traces))]), RunPayload.None, 1));
        await MeasureAsync("search a word that no run has", times, target: 50, _ => QueryAsync(new RunFilter.Search(["qqqqq"]), RunPayload.None, 0));
        await MeasureAsync("search a word that most runs have, latest 50", Math.Max(5, times / 40), target: null, _ =>
            QueryAsync(new RunFilter.Search([Vocabulary.CommonWord]), RunPayload.None, 50));
    }

    private async Task ReadFeedbackAsync(int times, Guid project)
    {
        await MeasureAsync("feedback of 50 runs, summed", times, target: null, _ =>
        {
            var trace = AnyTrace() / 2;
            return bench.Store.Runs.SummarizeFeedbackAsync(
                WorkspaceId.Default, [.. Enumerable.Range(trace, 50).Select(bench.Generator.TraceId)], s_none);
        });
        await MeasureAsync("the 100 latest judgements", times, target: null, async _ =>
            Expect((await bench.Store.Runs.ListFeedbackAsync(new FeedbackQuery { Workspace = WorkspaceId.Default }, s_none)).Count == 100));
        await MeasureAsync("the 100 latest judgements of a project", Math.Max(5, times / 40), target: null, async _ =>
            await bench.Store.Runs.ListFeedbackAsync(new FeedbackQuery { Workspace = WorkspaceId.Default, ProjectIds = [project] }, s_none));
    }

    private async Task ReadFiguresAsync(int times, Guid project, Guid[] all)
    {
        var one = new RunStatisticsQuery { Workspace = WorkspaceId.Default, ProjectIds = [project] };
        var day = one with { From = End.AddMinutes(-1_457), To = End.AddMinutes(-17) };
        await FiguresAsync("dashboard: a project by hour, a week", one with { Bucket = TimeSpan.FromHours(1) });
        await FiguresAsync("dashboard: a project's roots with whole traces, a week", one with { IsRoot = true, WholeTraces = true });
        await FiguresAsync("dashboard: the roots of five projects, a week", one with { IsRoot = true, ProjectIds = all });
        await FiguresAsync(
            "dashboard: a project by name and hour, a week", one with { Bucket = TimeSpan.FromHours(1), GroupBy = new RunGrouping(RunAttribute.Name) });
        await FiguresAsync("dashboard: a day that begins within an hour", day);
        await FiguresAsync("dashboard: failed runs of a day, from the runs", day with { Filter = s_failed });

        Task FiguresAsync(string name, RunStatisticsQuery query) => MeasureAsync(
            name, times, target: name.EndsWith("from the runs", StringComparison.Ordinal) ? null : 50,
            async _ => Expect((await bench.Store.Statistics.SummarizeAsync(query, s_none))[0].Runs > 0));
    }

    private static RunFilter.Compare OfTrace(Guid trace) => new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, trace);

    private static RunFilter.HasEntry Entry(EntryFamily family, string key, ValueTest test) =>
        new(family, [
            new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key)),
            new EntryTest(family == EntryFamily.Feedback ? EntryPart.Score : EntryPart.Value, test),
        ]);

    private int AnyTrace() => _random.Next(traces);

    private async Task QueryAsync(RunFilter? filter, RunPayload payload, int? expected, int limit = 50, RunPosition? after = null)
    {
        var page = await bench.Store.Runs.QueryAsync(
            new RunQuery { Workspace = WorkspaceId.Default, Filter = filter, Limit = limit, Payload = payload, After = after }, s_none);
        Expect(expected is null || page.Runs.Count == expected);
    }

    /// <summary>What a wrong answer took means nothing.</summary>
    private static void Expect(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("The answer is not what was written. Is the store of the same --seed and --runs?");
        }
    }

    private async Task MeasureAsync(string name, int times, double? target, Func<int, Task> read)
    {
        var taken = await Timings.MeasureAsync(times, read);
        var aim = target is { } most ? $" (aim {most:N0} ms: {(Timings.Quantile(taken, 0.5) <= most ? "met" : "MISSED")})" : "";
        await bench.Output.WriteLineAsync($"{name}: {Timings.Describe(taken)}{aim}");
    }
}
