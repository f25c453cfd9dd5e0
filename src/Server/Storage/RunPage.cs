using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>Some runs in order.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record RunPage(IReadOnlyList<RunRecord> Runs, RunPosition? Next);
