using System.Diagnostics;
using OpenTelemetry;

namespace LangSmith.OpenTelemetry;

/// <summary>Places spans below the runs that surround them, and below spans that have a run id of their own.</summary>
internal sealed class RunLinkProcessor : BaseProcessor<Activity>
{
    private const string SurroundingRun = "LangSmith.SurroundingRun";

    public override void OnStart(Activity data)
    {
        if (Traceable.Current is not { IsTraced: true } run)
        {
            return;
        }

        data.SetCustomProperty(SurroundingRun, run);
        // The same run around the parent too: then the parent is the nearer one.
        if (!ReferenceEquals(data.Parent?.GetCustomProperty(SurroundingRun), run))
        {
            data.SetTag(SpanAttributes.ParentRunId, run.Id.ToString());
            data.SetTag(SpanAttributes.TraceId, run.TraceId.ToString());
        }
    }

    // At the end rather than at the start: the parent's id may be chosen after the child began.
    public override void OnEnd(Activity data)
    {
        if (data.Parent is not { } parent || data.GetTagItem(SpanAttributes.ParentRunId) is not null)
        {
            return;
        }

        if (parent.GetTagItem(SpanAttributes.RunId) is { } parentRun)
        {
            data.SetTag(SpanAttributes.ParentRunId, parentRun);
        }

        for (var above = parent; above is not null; above = above.Parent)
        {
            if (above.GetTagItem(SpanAttributes.TraceId) is { } trace)
            {
                data.SetTag(SpanAttributes.TraceId, trace);
                return;
            }
        }
    }
}
