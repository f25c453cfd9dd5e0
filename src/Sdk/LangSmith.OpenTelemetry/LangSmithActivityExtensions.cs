using LangSmith.OpenTelemetry;

namespace System.Diagnostics;

/// <summary>Activities under run ids that the caller chooses.</summary>
public static class LangSmithActivityExtensions
{
    /// <summary>Gives an activity the id that its run has in LangSmith.</summary>
    /// <param name="activity">The activity; call it before activities below it end, or they do not find their parent.</param>
    /// <param name="runId">The id; not empty.</param>
    /// <returns>The same activity.</returns>
    /// <remarks>
    /// Sets the attribute <c>langsmith.span.id</c>, and on a root <c>langsmith.trace.id</c>, which LangSmith's OTLP intake reads. Without it
    /// a run's id is the span's, behind eight zero bytes. As thread-safe as the activity: not at all.
    /// </remarks>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public static Activity SetLangSmithRunId(this Activity activity, Guid runId)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (runId == Guid.Empty)
        {
            throw new ArgumentException("The run id is empty; choose one, for instance with Uuid7.NewGuid().", nameof(runId));
        }

        activity.SetTag(SpanAttributes.RunId, runId.ToString());
        // Below a run the trace is the run's; below a span it is that of the topmost one.
        if (activity.ParentSpanId == default && activity.GetTagItem(SpanAttributes.ParentRunId) is null)
        {
            activity.SetTag(SpanAttributes.TraceId, runId.ToString());
        }

        return activity;
    }
}
