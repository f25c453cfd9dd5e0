namespace LangSmith.Server.Domain.Folding;

/// <summary>Where a run is in its trace: what clients said, completed from what they left out.</summary>
/// <param name="TraceId">The root run's id.</param>
/// <param name="ParentRunId">The parent; null for a root.</param>
/// <param name="DottedOrder">The path; empty when no write gave one.</param>
/// <param name="StartTime">The start that the dotted order or a version 7 id tells; null when neither does.</param>
internal readonly record struct RunPlace(Guid TraceId, Guid? ParentRunId, string DottedOrder, DateTimeOffset? StartTime)
{
    public static RunPlace Of(Registers writes)
    {
        var runId = writes.RunId;
        var dottedOrder = writes.Text(write => write.DottedOrder) ?? "";
        var parent = writes.Value(write => write.ParentRunId);
        var trace = writes.Value(write => write.TraceId);
        DateTimeOffset? start = null;
        if (Protocol.DottedOrder.TryParse(dottedOrder, out var segments))
        {
            start = segments[^1].StartTime;
            parent ??= segments.Count > 1 ? segments[^2].RunId : null;
            trace ??= segments[0].RunId;
        }
        else if (Uuid7.TryGetTimestamp(runId, out var time))
        {
            start = time;
        }

        // A parent that is the run itself would make a tree without an end.
        parent = parent == runId ? null : parent;
        return new RunPlace(trace ?? parent ?? runId, parent, dottedOrder, start);
    }
}
