using LangSmith.Server.Api.Http;
using LangSmith.Server.Query;

namespace LangSmith.Server.Api.Runs;

/// <summary>Turns the structured conditions of a query into a filter.</summary>
internal static class RunConditions
{
    /// <summary>Reads the conditions; null when there are none. Ids beat everything else, as clients expect.</summary>
    public static RunFilter? Read(BodyFields body)
    {
        var conditions = new List<RunFilter>();
        if (Ids(body, "id") is { Count: > 0 } ids)
        {
            return new RunFilter.OneOf(RunProperty.Id, ids);
        }

        AddOneOf(conditions, RunProperty.ProjectId, Ids(body, "session"));
        AddOneOf(conditions, RunProperty.ReferenceExampleId, Ids(body, "reference_example"));
        AddEqual(conditions, RunProperty.TraceId, body.Id("trace"));
        AddEqual(conditions, RunProperty.ParentRunId, body.Id("parent_run"));
        AddEqual(conditions, RunProperty.RunType, body.Text("run_type") is { } type ? (FilterValue)type.ToLowerInvariant() : null);
        AddEqual(conditions, RunProperty.IsRoot, body.Flag("is_root"));
        if (body.Flag("error") is { } error)
        {
            var absent = new RunFilter.IsAbsent(RunProperty.Error);
            conditions.Add(error ? new RunFilter.Not(absent) : absent);
        }

        if (body.Time("start_time") is { } from)
        {
            conditions.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.GreaterOrEqual, from));
        }

        if (body.Time("end_time") is { } to)
        {
            // Both ends are about the start: that is how LangSmith's clients ask for a window.
            conditions.Add(new RunFilter.Compare(RunProperty.StartTime, Comparison.Less, to));
        }

        return conditions.Count switch
        {
            0 => null,
            1 => conditions[0],
            _ => new RunFilter.AllOf(conditions),
        };
    }

    private static IReadOnlyList<FilterValue> Ids(BodyFields body, string name) => [.. body.Ids(name).Select(id => (FilterValue)id)];

    private static void AddOneOf(List<RunFilter> conditions, RunProperty property, IReadOnlyList<FilterValue> values)
    {
        if (values.Count > 0)
        {
            conditions.Add(new RunFilter.OneOf(property, values));
        }
    }

    private static void AddEqual(List<RunFilter> conditions, RunProperty property, FilterValue? value)
    {
        if (value is not null)
        {
            conditions.Add(new RunFilter.Compare(property, Comparison.Equal, value));
        }
    }
}
