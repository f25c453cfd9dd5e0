using LangSmith.Server.Storage;

namespace LangSmith.Server.Explore;

/// <summary>Some runs in order.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record ReadRunPage(IReadOnlyList<ReadRun> Runs, RunPosition? Next);
