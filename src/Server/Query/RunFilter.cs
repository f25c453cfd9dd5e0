namespace LangSmith.Server.Query;

/// <summary>A bound condition on a run: fields exist, values have the field's type. Engines translate it, <c>Matches</c> decides it in memory.</summary>
public abstract record RunFilter;
