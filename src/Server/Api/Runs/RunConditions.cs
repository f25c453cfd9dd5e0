using LangSmith.Server.Api.Http;
using LangSmith.Server.Query;

namespace LangSmith.Server.Api.Runs;

/// <summary>Turns the structured conditions of a v1 query into a filter.</summary>
internal static class RunConditions
{
    /// <summary>Whether runs are asked for by their ids, which beat everything else, as clients expect.</summary>
    public static bool IsByIds(BodyFields body) => body.Ids("id").Count > 0;

    /// <summary>Reads the conditions on the run itself; null when there are none.</summary>
    public static RunFilter? Read(BodyFields body)
    {
        if (body.Ids("id") is { Count: > 0 } ids)
        {
            return new RunFilterBuilder().OneOf(RunProperty.Id, ids).Build();
        }

        return new RunFilterBuilder()
            .OneOf(RunProperty.ProjectId, body.Ids("session"))
            .OneOf(RunProperty.ReferenceExampleId, body.Ids("reference_example"))
            .Equal(RunProperty.TraceId, body.Id("trace"))
            .Equal(RunProperty.ParentRunId, body.Id("parent_run"))
            .Equal(RunProperty.RunType, body.Text("run_type") is { Length: > 0 } type ? (FilterValue)type.ToLowerInvariant() : null)
            .Equal(RunProperty.IsRoot, body.Flag("is_root"))
            .Failed(body.Flag("error"))
            // Both ends are about the start: that is how LangSmith's clients ask for a window.
            .Started(body.Time("start_time"), body.Time("end_time"))
            .Equal(RunProperty.ExecutionOrder, body.Number("execution_order") is { } order ? (FilterValue)(double)order : null)
            .Add(FilterText.Parse("filter", body.Text("filter")))
            .Add(FilterText.Parse("search_filter", body.Text("search_filter")))
            .Add(FilterText.Search("query", body.Text("query")))
            .Build();
    }
}
