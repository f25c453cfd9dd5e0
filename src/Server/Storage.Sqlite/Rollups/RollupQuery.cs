using LangSmith.Server.Query;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Rollups;

/// <summary>A question that rollups can answer.</summary>
/// <param name="Runs">The same question with its simple conditions taken out of the filter; for the hours that must be read from their runs.</param>
/// <param name="Grouping">By what the figures are grouped or narrowed.</param>
/// <param name="Value">The one group that counts; null for all.</param>
internal sealed record RollupQuery(RunStatisticsQuery Runs, RollupGrouping Grouping, string? Value)
{
    /// <summary>Whose figures count together.</summary>
    public IReadOnlyList<RollupScope> Scopes => Runs switch
    {
        { WholeTraces: true } => [RollupScope.WholeTraces],
        { IsRoot: true } => [RollupScope.Roots],
        { IsRoot: false } => [RollupScope.Children],
        _ => [RollupScope.Children, RollupScope.Roots],
    };

    /// <summary>Sees whether rollups can answer; null when the runs must be read.</summary>
    public static RollupQuery? TryOf(RunStatisticsQuery query)
    {
        var question = (RollupQuery?)new RollupQuery(query with { Filter = null }, new RollupGrouping(RollupDimension.None), null);
        foreach (var condition in Conjuncts(query.Filter))
        {
            question = question?.TryAdd(condition);
        }

        return question is { Runs: { TraceFilter: null, TreeFilter: null } runs } && HasWholeHours(runs.Bucket) && (!runs.WholeTraces || runs.IsRoot == true)
            ? question.TryGroup()
            : null;
    }

    private static bool HasWholeHours(TimeSpan? bucket) => bucket is null || (bucket.Value.Ticks > 0 && bucket.Value.Ticks % TimeSpan.TicksPerHour == 0);

    private static IEnumerable<RunFilter> Conjuncts(RunFilter? filter) => filter switch
    {
        null => [],
        RunFilter.AllOf all => all.Parts.SelectMany(Conjuncts),
        _ => [filter],
    };

    private RollupQuery? TryAdd(RunFilter condition) => condition switch
    {
        RunFilter.OneOf { Property: RunProperty.ProjectId } one => TryAddProjects([.. one.Values.OfType<FilterValue.Id>().Select(id => id.Value)]),
        RunFilter.Compare { Comparison: Comparison.Equal, Property: RunProperty.ProjectId, Value: FilterValue.Id id } => TryAddProjects([id.Value]),
        RunFilter.Compare { Comparison: Comparison.Equal, Property: RunProperty.IsRoot, Value: FilterValue.Truth root }
            when (Runs.IsRoot ?? root.Value) == root.Value => this with { Runs = Runs with { IsRoot = root.Value } },
        RunFilter.Compare { Property: RunProperty.StartTime, Value: FilterValue.Time time } compare => TryAddTime(compare.Comparison, time.Value),
        RunFilter.Compare { Comparison: Comparison.Equal, Property: RunProperty.Name, Value: FilterValue.Text text } =>
            TryNarrow(new RollupGrouping(RollupDimension.Name), text.Value, condition),
        RunFilter.Compare { Comparison: Comparison.Equal, Property: RunProperty.Model, Value: FilterValue.Text text } =>
            TryNarrow(new RollupGrouping(RollupDimension.Model), text.Value, condition),
        RunFilter.Compare { Comparison: Comparison.Equal, Property: RunProperty.RunType, Value: FilterValue.Text text } =>
            TryNarrow(new RollupGrouping(RollupDimension.RunType), text.Value.ToLowerInvariant(), condition),
        RunFilter.HasTag { Test: ValueTest.Compare { Comparison: Comparison.Equal, Value: FilterValue.Text text } } =>
            TryNarrow(new RollupGrouping(RollupDimension.Tag), text.Value, condition),
        RunFilter.HasEntry { Family: EntryFamily.Metadata, Tests.Count: 2 } entry
            when entry.TryExactly(EntryPart.Key) is { } key && entry.TryExactly(EntryPart.Value) is { } value =>
            TryNarrow(new RollupGrouping(RollupDimension.Metadata, key), value, condition),
        _ => null,
    };

    private RollupQuery? TryAddProjects(Guid[] projects)
    {
        Guid[] both = Runs.ProjectIds.Count == 0 ? projects : [.. Runs.ProjectIds.Intersect(projects)];
        return both.Length == 0 ? null : this with { Runs = Runs with { ProjectIds = both } };
    }

    private RollupQuery? TryAddTime(Comparison comparison, DateTimeOffset time) => comparison switch
    {
        Comparison.GreaterOrEqual => From(time),
        Comparison.Greater when time < DateTimeOffset.MaxValue => From(time.AddTicks(1)),
        Comparison.Less => To(time),
        Comparison.LessOrEqual when time < DateTimeOffset.MaxValue => To(time.AddTicks(1)),
        _ => null,
    };

    private RollupQuery From(DateTimeOffset time) => Runs.From >= time ? this : this with { Runs = Runs with { From = time } };

    private RollupQuery To(DateTimeOffset time) => Runs.To <= time ? this : this with { Runs = Runs with { To = time } };

    private RollupQuery? TryNarrow(RollupGrouping grouping, string value, RunFilter condition) =>
        Grouping.Dimension != RollupDimension.None ? null : new RollupQuery(Runs with { Filter = condition }, grouping, value);

    private RollupQuery? TryGroup()
    {
        RollupGrouping? grouping = Runs.GroupBy switch
        {
            null or { Attribute: RunAttribute.Project } => new RollupGrouping(RollupDimension.None),
            { Attribute: RunAttribute.Name } => new RollupGrouping(RollupDimension.Name),
            { Attribute: RunAttribute.RunType } => new RollupGrouping(RollupDimension.RunType),
            { Attribute: RunAttribute.Model } => new RollupGrouping(RollupDimension.Model),
            { Attribute: RunAttribute.Tag } => new RollupGrouping(RollupDimension.Tag),
            { Attribute: RunAttribute.Metadata, Key: { Length: > 0 } key } => new RollupGrouping(RollupDimension.Metadata, key),
            _ => null,
        };
        return grouping switch
        {
            null => null,
            { Dimension: RollupDimension.None } => this,
            // Runs with one tag, grouped by their tags, have others too: figures of one tag do not tell.
            _ => Grouping.Dimension == RollupDimension.None ? this with { Grouping = grouping.Value } : null,
        };
    }
}
