namespace LangSmith.Server.Query;

/// <summary>An id is one of some.</summary>
public sealed record IdIsIn(RunIdField Field, IReadOnlyCollection<Guid> Ids) : RunFilter
{
    public override bool Matches(RunFacts run) => Of(run) is { } id && Ids.Contains(id);

    private Guid? Of(RunFacts run) => Field switch
    {
        RunIdField.Id => run.Record.Id,
        RunIdField.Trace => run.Record.TraceId,
        RunIdField.Parent => run.Record.ParentRunId,
        RunIdField.Project => run.Record.ProjectId,
        _ => run.Record.ReferenceExampleId,
    };
}
