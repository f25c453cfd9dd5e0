namespace LangSmith.Server.Query;

/// <summary>A bound condition on a run: fields exist, values have the field's type. Engines translate it, <see cref="Matches"/> decides it in memory.</summary>
public abstract record RunFilter
{
    /// <summary>Tells whether a run satisfies the condition; the oracle for every engine.</summary>
    public abstract bool Matches(RunFacts run);
}
