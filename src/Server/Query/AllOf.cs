namespace LangSmith.Server.Query;

/// <summary>Every part holds; none at all holds always.</summary>
public sealed record AllOf(IReadOnlyList<RunFilter> Parts) : RunFilter
{
    public override bool Matches(RunFacts run) => Parts.All(part => part.Matches(run));
}
