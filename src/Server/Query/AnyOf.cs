namespace LangSmith.Server.Query;

/// <summary>At least one part holds; none at all never holds.</summary>
public sealed record AnyOf(IReadOnlyList<RunFilter> Parts) : RunFilter
{
    public override bool Matches(RunFacts run) => Parts.Any(part => part.Matches(run));
}
