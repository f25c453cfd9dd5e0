using LangSmith.Server.Explore;

namespace LangSmith.Server.Web.Runs;

/// <summary>Some rows of the table.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="More">The address of the rows after them; null on the last page.</param>
/// <param name="Now">For ages.</param>
/// <param name="ShowsProject">The table is over several projects.</param>
public sealed record RunRowsModel(IReadOnlyList<ReadRun> Runs, string? More, DateTimeOffset Now, bool ShowsProject);
