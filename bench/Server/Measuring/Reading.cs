using LangSmith.Server.Bench.Generation;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Sqlite;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Bench.Measuring;

/// <summary>Reads what was ingested in the ways that pages and clients do.</summary>
internal sealed class Reading(SqliteStore store, RunGenerator generator, int seed, int runs, TextWriter output)
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly Random _random = new(seed);

    public async Task RunAsync(int times)
    {
        var projects = await store.Catalogue.ListProjectsAsync(new ProjectQuery { Workspace = WorkspaceId.Default }, s_none);
        var byName = projects.ToDictionary(project => project.Name, project => project.Id);
        RunFilter project = new RunFilter.Compare(RunProperty.ProjectId, Comparison.Equal, byName["project-0"]);
        RunFilter root = new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true);
        RunFilter lastDay = new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, RunGenerator.End.AddDays(-1));

        await MeasureAsync("read by id, with payload", times, target: 1, _ =>
            store.Runs.FindAsync(WorkspaceId.Default, RunGenerator.TraceId(seed, AnyTrace(), runs), RunPayload.All, s_none));
        await MeasureAsync("tree of 10, with payload", times, target: 2, _ => QueryAsync(
            new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, RunGenerator.TraceId(seed, AnyTrace(), runs)), 100, RunPayload.All, expected: 10));
        await MeasureAsync("list the 50 latest roots of a project", times, target: 5, _ =>
            QueryAsync(new RunFilter.AllOf(project, root), 50, RunPayload.None, expected: 50));
        await MeasureAsync("list 50 with payload", times, target: null, _ => QueryAsync(new RunFilter.AllOf(project, root), 50, RunPayload.All, expected: 50));
        await MeasureAsync("list the 50 latest runs of a project", times, target: 5, _ => QueryAsync(project, 50, RunPayload.None, expected: 50));
        await MeasureAsync("filter: failed roots over 5 s with a tag, a day", times / 4, target: 20, _ => QueryAsync(
            new RunFilter.AllOf(
                project, root, lastDay,
                new RunFilter.Compare(RunProperty.Status, Comparison.Equal, "error"),
                new RunFilter.Compare(RunProperty.Latency, Comparison.Greater, 5.0),
                new RunFilter.HasTag(new ValueTest.Compare(Comparison.Equal, "stable"))),
            50, RunPayload.None, expected: null));
        await MeasureAsync("filter: metadata user_id, latest 50", times, target: 20, _ => QueryAsync(
            Metadata("user_id", $"user-{_random.Next(10_000)}"), 50, RunPayload.None, expected: null));
        await MeasureAsync("filter: metadata that all runs have, latest 50", times, target: 20, _ => QueryAsync(
            Metadata("environment", "production"), 50, RunPayload.None, expected: 50));
        await MeasureAsync("figures of a project by hour, a week", Math.Max(5, times / 40), target: null, _ => store.Statistics.SummarizeAsync(
            new RunStatisticsQuery { Workspace = WorkspaceId.Default, ProjectIds = [byName["project-0"]], Bucket = TimeSpan.FromHours(1) }, s_none));
        await MeasureAsync("figures of all roots, a week", Math.Max(5, times / 40), target: null, _ => store.Statistics.SummarizeAsync(
            new RunStatisticsQuery { Workspace = WorkspaceId.Default, IsRoot = true, ProjectIds = [.. byName.Values] }, s_none));
    }

    public Task SearchAsync(int times) =>
        MeasureAsync("search a rare word", times, target: 50, number => QueryAsync(
            new RunFilter.Search([RunGenerator.RareWord(7 + (number * RunGenerator.RareWordEvery % generator.Traces))]), 50, RunPayload.None, expected: null));

    private static RunFilter.HasEntry Metadata(string key, string value) =>
        new(EntryFamily.Metadata,
            [
                new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key)),
                new EntryTest(EntryPart.Value, new ValueTest.Compare(Comparison.Equal, value)),
            ]);

    private int AnyTrace() => _random.Next(generator.Traces);

    private async Task QueryAsync(RunFilter filter, int limit, RunPayload payload, int? expected)
    {
        var page = await store.Runs.QueryAsync(
            new RunQuery { Workspace = WorkspaceId.Default, Filter = filter, Limit = limit, Payload = payload }, s_none);
        if (expected is { } count && page.Runs.Count != count)
        {
            throw new InvalidOperationException($"The query found {page.Runs.Count} runs, not {count}: what it took means nothing.");
        }
    }

    private async Task MeasureAsync(string name, int times, double? target, Func<int, Task> read)
    {
        var (median, high) = await Timings.MeasureAsync(times, read);
        var aim = target is { } most ? $" (aim {most:N0} ms: {(median <= most ? "met" : "MISSED")})" : "";
        await output.WriteLineAsync($"{name}: p50 {median:N2} ms, p99 {high:N2} ms{aim}");
    }
}
