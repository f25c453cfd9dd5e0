using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>Some runs in order.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="SearchedUntil">Until when what was received was searched for words; null for all of it, or when no words were asked for.</param>
public sealed record RunPage(IReadOnlyList<RunRecord> Runs, RunPosition? Next, DateTimeOffset? SearchedUntil = null);
