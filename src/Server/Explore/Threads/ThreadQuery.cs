using LangSmith.Server.Query;

namespace LangSmith.Server.Explore.Threads;

/// <summary>Which root runs count as turns of threads; what is null asks for nothing.</summary>
/// <param name="Filter">What a turn itself must satisfy.</param>
/// <param name="TreeFilter">What at least one run of a turn's trace must satisfy.</param>
public sealed record ThreadQuery(RunFilter? Filter, RunFilter? TreeFilter = null);
