using LangSmith.Server.Api.Http;

namespace LangSmith.Server.Api.Runs;

/// <summary>Which starts a query of the second version looks at.</summary>
internal static class QueryWindow
{
    private static readonly TimeSpan s_default = TimeSpan.FromDays(1);

    /// <summary>Adds the window of a body: the last day unless it says otherwise, as the second version has it.</summary>
    /// <param name="filter">Where to.</param>
    /// <param name="body">The body with <c>min_start_time</c> and <c>max_start_time</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isByIds">Whether runs or traces are asked for by their ids, which are the whole key: then there is no default.</param>
    /// <remarks>There is no default end: a run from a clock that is ahead is not to be missed.</remarks>
    public static RunFilterBuilder StartedInWindow(this RunFilterBuilder filter, BodyFields body, TimeProvider time, bool isByIds = false) =>
        filter.Started(body.Time("min_start_time") ?? (isByIds ? null : time.GetUtcNow() - s_default), body.Time("max_start_time"));

    /// <summary>Refuses what needs a model to answer.</summary>
    public static void RefuseQuestions(BodyFields body)
    {
        if ((body.Text("ai_query") ?? body.Text("ai_search")) is { Length: > 0 })
        {
            throw new ProblemException(
                StatusCodes.Status501NotImplemented,
                "This server has no model that reads questions ('ai_search', 'ai_query'). Use search(\"words\") in a filter.");
        }
    }
}
