using LangSmith.Server.Api.Http;
using LangSmith.Server.Query;

namespace LangSmith.Server.Api.Runs;

/// <summary>Turns the structured conditions of a query into a filter.</summary>
internal static class RunConditions
{
    /// <summary>Reads the conditions of v1; null when there are none.</summary>
    public static RunFilter? Read(BodyFields body)
    {
        var parts = new List<RunFilter>();
        if (body.Ids("id") is { Count: > 0 } ids)
        {
            // Ids say it all: whatever else the client sends along is no condition.
            return new IdIsIn(RunIdField.Id, ids);
        }

        AddIds(RunIdField.Trace, "trace");
        AddIds(RunIdField.Parent, "parent_run");
        AddIds(RunIdField.Project, "session");
        AddIds(RunIdField.ReferenceExample, "reference_example");
        if (body.Flag("is_root") is { } isRoot)
        {
            parts.Add(new IsRoot(isRoot));
        }

        if (body.Flag("error") is { } error)
        {
            parts.Add(new HasError(error));
        }

        if (body.Text("run_type") is { Length: > 0 } runType)
        {
            parts.Add(new RunTypeIs(runType.ToLowerInvariant()));
        }

        if (body.Time("start_time") is var from && body.Time("end_time") is var before && (from is not null || before is not null))
        {
            parts.Add(new StartedWithin(from, before));
        }

        return parts.Count switch { 0 => null, 1 => parts[0], _ => new AllOf(parts) };

        void AddIds(RunIdField field, string name)
        {
            if (body.Ids(name) is { Count: > 0 } ids)
            {
                parts.Add(new IdIsIn(field, ids));
            }
        }
    }
}
