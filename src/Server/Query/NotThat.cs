namespace LangSmith.Server.Query;

/// <summary>The part does not hold.</summary>
public sealed record NotThat(RunFilter Part) : RunFilter
{
    public override bool Matches(RunFacts run) => !Part.Matches(run);
}
