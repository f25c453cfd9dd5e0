namespace LangSmith.Server.Query;

/// <summary>The run type is a given one, in lower case.</summary>
public sealed record RunTypeIs(string RunType) : RunFilter
{
    public override bool Matches(RunFacts run) => run.Record.RunType == RunType;
}
