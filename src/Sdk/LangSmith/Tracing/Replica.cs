using LangSmith.Export;
using LangSmith.Protocol;

namespace LangSmith.Tracing;

/// <summary>An operation as another project gets it: under ids that follow from the originals and the project's name.</summary>
internal static class Replica
{
    public static RunOperation Of(RunOperation operation, string project) =>
        operation.Moved(
            Derived(operation.RunId, project),
            Derived(operation.TraceId, project),
            operation.ParentRunId is { } parent ? Derived(parent, project) : null,
            Path(operation.DottedOrder, project),
            project);

    private static Guid Derived(Guid id, string project) =>
        Uuid7.IsVersion7(id)
            ? Uuid7.Derive(id, project)
            // No time to keep: the id itself makes the new one.
            : Uuid7.Deterministic(DateTimeOffset.UnixEpoch, id.ToString("D"), project);

    private static string Path(string dottedOrder, string project) =>
        DottedOrder.TryParse(dottedOrder, out var segments)
            ? segments.Aggregate("", (path, segment) => DottedOrder.Print(path, segment.StartTime, Derived(segment.RunId, project)))
            : dottedOrder;
}
