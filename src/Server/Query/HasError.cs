using LangSmith.Server.Domain;

namespace LangSmith.Server.Query;

/// <summary>The run failed, or did not.</summary>
public sealed record HasError(bool Wanted) : RunFilter
{
    public override bool Matches(RunFacts run) => run.Record.Status == RunStatus.Error == Wanted;
}
