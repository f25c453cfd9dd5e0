namespace LangSmith.Server.Query;

/// <summary>The run belongs to a thread.</summary>
public sealed record ThreadIs(string ThreadId) : RunFilter
{
    public override bool Matches(RunFacts run) => run.Record.ThreadId == ThreadId;
}
