using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Web.Compare;

/// <summary>Two runs side by side.</summary>
/// <param name="One">The first.</param>
/// <param name="Other">The second; null while it is to be chosen.</param>
/// <param name="Problem">Why the second cannot be shown; null when nothing is wrong.</param>
public sealed record CompareModel(ReadRun One, ReadRun? Other, string? Problem)
{
    /// <summary>Runs with the same name, newest first, to choose from.</summary>
    public IReadOnlyList<RunRecord> Candidates { get; init; } = [];

    /// <summary>Differences of inputs and so on, by title; empty without a second run.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<DiffLine> Lines)> Parts { get; init; } = [];
}
