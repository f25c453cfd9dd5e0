using System.Text.Json;
using CsCheck;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Statistics;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Figures that were prepared are those of the runs themselves, whatever has happened to the runs since.</summary>
public abstract class RollupContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private sealed record Change(int Run, int Minute, double? Seconds, int? Tokens, string Name, string? Tag, string? Tier, string Project, int Kind);

    // True for every run, and in a form that no engine has prepared an answer for: the runs are read.
    private static readonly RunFilter s_every = new RunFilter.Not(new RunFilter.AnyOf());

    private static readonly Gen<Change> s_change =
        from run in Gen.Int[0, 20]
        from minute in Gen.Int[0, 400]
        from seconds in Gen.OneOf<double?>(null, 0.5, 3, 40.25)
        from tokens in Gen.OneOf<int?>(null, 7, 1_000)
        from name in Gen.OneOf("a", "b", "'; --")
        from tag in Gen.OneOf<string?>(null, "x", "y")
        from tier in Gen.OneOf<string?>(null, "\"pro\"", "\"it's\"", "true", "1.50")
        from project in Gen.OneOf("one", "two")
        from kind in Gen.Int[0, 9]
        select new Change(run, minute, seconds, tokens, name, tag, tier, project, kind);

    private IRunStatistics Statistics => Engine.Statistics;

    [Fact]
    public async Task SummarizeAsync_AfterAnyChanges_IsWhatTheRunsSay()
    {
        var number = 0;
        await Gen.Select(s_change.Array[1, 40].Array[1, 3], Gen.Int[0, 400], Gen.Int[0, 400]).SampleAsync(
            async (phases, from, to) =>
            {
                var workspace = new WorkspaceId(Given.Id(0x7000 + ++number));
                foreach (var changes in phases)
                {
                    foreach (var change in changes)
                    {
                        await ApplyAsync(workspace, change);
                        if (change.Minute % 3 == 0)
                        {
                            // Some minutes become quiet while their hours do not.
                            await Engine.PassAsync(TimeSpan.FromSeconds(20));
                        }
                    }

                    await AssertSameAsync(workspace, from, to);
                    await Engine.SettleAsync();
                    await AssertSameAsync(workspace, from, to);
                }
            },
            iter: 12, threads: 1);
    }

    [Fact]
    public async Task SummarizeAsync_MoreNamesThanArePrepared_StillKnowsThemAll()
    {
        await Runs.WriteAsync([.. Enumerable.Range(1, 450).Select(index => Given.Post(Given.Id(index)).With(write => write with { Name = $"step {index}" }))]);
        await Engine.SettleAsync();

        var groups = await Statistics.SummarizeAsync(
            new RunStatisticsQuery { Workspace = Given.Workspace, GroupBy = new RunGrouping(RunAttribute.Name), GroupsMax = 1_000 }, Cancellation);

        Assert.Equal(450, groups.Count);
    }

    [Fact]
    public async Task SummarizeAsync_DeletedProject_CountsNoMoreAtOnce()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)), Given.Post(Given.Id(2)).With(write => write with { ProjectName = "other" }));
        await Engine.SettleAsync();
        var project = await Engine.Catalogue.FindProjectAsync(Given.Workspace, "other", Cancellation);

        await Engine.Catalogue.DeleteProjectAsync(Given.Workspace, project!.Id, Cancellation);
        Assert.Equal(1, (await Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = Given.Workspace }, Cancellation))[0].Runs);
        await Engine.SettleAsync();
        Assert.Equal(1, (await Statistics.SummarizeAsync(new RunStatisticsQuery { Workspace = Given.Workspace }, Cancellation))[0].Runs);
    }

    private async Task ApplyAsync(WorkspaceId workspace, Change change)
    {
        var id = Given.Id(change.Run + 1);
        var start = Given.Start.AddMinutes(change.Minute);
        // Every third run is a root, the others lie below the root before them.
        var root = Given.Id((change.Run / 3 * 3) + 1);
        if (change.Kind == 0)
        {
            await Runs.DeleteRunsAsync(workspace, [id], Cancellation);
            return;
        }

        var write = change.Kind < 6 ? Given.Post(id, start) : Given.Patch(id, start);
        await Runs.WriteAsync(write.With(one => one with
        {
            Workspace = workspace,
            TraceId = root,
            ParentRunId = root == id ? null : root,
            DottedOrder = change.Kind % 2 == 0 && root != id ? null : one.DottedOrder,
            ProjectName = change.Project,
            Name = change.Name,
            RunType = change.Tokens is null ? "chain" : "llm",
            EndTime = change.Seconds is { } seconds ? start.AddSeconds(seconds) : null,
            Tags = change.Tag is { } tag ? [tag, "z"] : null,
            Outputs = change.Tokens is { } tokens
                ? Given.Json($$$"""{"model":"gpt-4o","usage_metadata":{"input_tokens":{{{tokens}}},"output_tokens":1,"total_tokens":{{{tokens + 1}}}}}""")
                : default,
            Extra = change.Tokens is null && change.Tier is null ? default : Given.Json(
                $$$"""
                {"metadata":{"ls_model_name":{{{(change.Tokens is null ? "null" : "\"gpt-4o\"")}}},"tier":{{{change.Tier ?? "null"}}},"id":{{{change.Run}}}}}
                """),
        }));
    }

    private async Task AssertSameAsync(WorkspaceId workspace, int from, int to)
    {
        var project = (await Engine.Catalogue.FindProjectAsync(workspace, "one", Cancellation))?.Id ?? Given.Id(1);
        var any = new RunStatisticsQuery { Workspace = workspace };
        RunStatisticsQuery[] queries =
        [
            any,
            any with { ProjectIds = [project] },
            any with { IsRoot = true, WholeTraces = true, Bucket = TimeSpan.FromHours(1) },
            any with { IsRoot = false },
            any with { IsRoot = true, Bucket = TimeSpan.FromDays(1), GroupBy = new RunGrouping(RunAttribute.Project) },
            any with { From = Given.Start.AddMinutes(from), To = Given.Start.AddMinutes(from + to), WholeTraces = true, IsRoot = true },
            any with { From = Given.Start.AddMinutes(from), GroupBy = new RunGrouping(RunAttribute.Name) },
            any with { GroupBy = new RunGrouping(RunAttribute.Tag), Bucket = TimeSpan.FromHours(2), ProjectIds = [project] },
            any with { GroupBy = new RunGrouping(RunAttribute.Model) },
            any with { GroupBy = new RunGrouping(RunAttribute.RunType), IsRoot = true },
            any with { GroupBy = new RunGrouping(RunAttribute.Metadata, "tier") },
            any with { GroupBy = new RunGrouping(RunAttribute.Metadata, "tier"), Bucket = TimeSpan.FromHours(1), IsRoot = true, WholeTraces = true },
            any with { GroupBy = new RunGrouping(RunAttribute.Metadata, "id"), From = Given.Start.AddMinutes(from), GroupsMax = 100 },
            any with { GroupBy = new RunGrouping(RunAttribute.Metadata, "nothing") },
            Where(Metadata("tier", "it's"), new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, true)),
            Where(Metadata("id", "3")),
            Where(new RunFilter.Compare(RunProperty.RunType, Comparison.Equal, "LLM"), new RunFilter.OneOf(RunProperty.ProjectId, [project])),
            Where(new RunFilter.Compare(RunProperty.Name, Comparison.Equal, "'; --"), new RunFilter.Compare(RunProperty.IsRoot, Comparison.Equal, false)),
            Where(
                new RunFilter.HasTag(new ValueTest.Compare(Comparison.Equal, "x")),
                new RunFilter.Compare(RunProperty.StartTime, Comparison.Greater, Given.Start.AddMinutes(from)),
                new RunFilter.Compare(RunProperty.StartTime, Comparison.LessOrEqual, Given.Start.AddMinutes(from + 90))),
            Where(new RunFilter.Compare(RunProperty.Status, Comparison.Equal, "success")),
        ];
        foreach (var query in queries)
        {
            var exact = await Statistics.SummarizeAsync(
                query with { Filter = query.Filter is null ? s_every : new RunFilter.AllOf(query.Filter, s_every) }, Cancellation);
            Assert.Equal(exact.Select(Text), (await Statistics.SummarizeAsync(query, Cancellation)).Select(Text));
        }

        RunFilter.HasEntry Metadata(string key, string value) => new(
            EntryFamily.Metadata,
            [new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key)), new EntryTest(EntryPart.Value, new ValueTest.Compare(Comparison.Equal, value))]);

        RunStatisticsQuery Where(params RunFilter[] parts) => any with { Filter = new RunFilter.AllOf(parts) };
    }

    /// <summary>Everything that figures say; the counts of sketches to the last one.</summary>
    private static string Text(RunFigures figures) => JsonSerializer.Serialize(new
    {
        Figures = figures,
        Sketches = new[]
        {
            figures.Latency, figures.FirstToken, figures.TotalTokensPerRun, figures.PromptTokensPerRun, figures.CompletionTokensPerRun, figures.CostPerRun,
        }.Select(sketch => Convert.ToHexString(sketch.ToBytes())),
    });
}
