using LangSmith.Server.Domain;

namespace LangSmith.Server.Explore.Sharing;

/// <summary>What a share token opens: a run and everything below it.</summary>
/// <param name="Workspace">Whose runs they are.</param>
/// <param name="Root">The run that was shared.</param>
/// <param name="Runs">The runs without payloads, parents before their children, the root first; empty when it is gone.</param>
public sealed record SharedTree(WorkspaceId Workspace, Guid Root, IReadOnlyList<RunRecord> Runs)
{
    /// <summary>Whether the token opens a run.</summary>
    public bool Contains(Guid runId) => Runs.Any(run => run.Id == runId);
}
