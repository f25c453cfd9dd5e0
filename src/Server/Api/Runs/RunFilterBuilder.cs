using LangSmith.Server.Query;

namespace LangSmith.Server.Api.Runs;

/// <summary>Collects conditions that must all hold.</summary>
internal sealed class RunFilterBuilder
{
    private readonly List<RunFilter> _parts = [];

    public RunFilterBuilder Add(RunFilter? filter)
    {
        if (filter is not null)
        {
            _parts.Add(filter);
        }

        return this;
    }

    public RunFilterBuilder Equal(RunProperty property, FilterValue? value) =>
        Add(value is null ? null : new RunFilter.Compare(property, Comparison.Equal, value));

    public RunFilterBuilder OneOf(RunProperty property, IReadOnlyList<Guid> ids) =>
        Add(ids.Count == 0 ? null : new RunFilter.OneOf(property, [.. ids.Select(id => (FilterValue)id)]));

    /// <summary>The start lies in a half-open range; null is no bound.</summary>
    public RunFilterBuilder Started(DateTimeOffset? from, DateTimeOffset? before) =>
        Add(from is { } first ? new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, first) : null)
            .Add(before is { } last ? new RunFilter.Compare(RunProperty.StartTime, Comparison.Less, last) : null);

    public RunFilterBuilder Failed(bool? failed)
    {
        var absent = new RunFilter.IsAbsent(RunProperty.Error);
        return Add(failed switch { null => null, true => new RunFilter.Not(absent), _ => absent });
    }

    /// <summary>Null when nothing was added.</summary>
    public RunFilter? Build() => _parts.Count switch { 0 => null, 1 => _parts[0], _ => new RunFilter.AllOf(_parts) };
}
