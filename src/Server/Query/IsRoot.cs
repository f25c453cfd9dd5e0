namespace LangSmith.Server.Query;

/// <summary>The run has no parent, or has one.</summary>
public sealed record IsRoot(bool Wanted) : RunFilter
{
    public override bool Matches(RunFacts run) => run.Record.IsRoot == Wanted;
}
