using System.Collections.Concurrent;

namespace LangSmith.Server.Domain;

/// <summary>How long runs are kept: by their project's own rule, else by its tier, else by the default tier of its workspace.</summary>
/// <remarks>Thread-safe; a change holds from the next housekeeping on.</remarks>
public sealed class RetentionRules
{
    private readonly ConcurrentDictionary<WorkspaceId, string> _defaults = new();

    /// <summary>How long runs of the tier <c>longlived</c> are kept after their start; null for ever.</summary>
    public TimeSpan? Longlived { get; init; }

    /// <summary>How long runs of the tier <c>shortlived</c> are kept after their start; null for ever.</summary>
    public TimeSpan? Shortlived { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The tier of projects that name none.</summary>
    public string DefaultTier(WorkspaceId workspace) => _defaults.GetValueOrDefault(workspace, TraceTiers.Longlived);

    /// <summary>Sets the tier of projects that name none.</summary>
    public void SetDefaultTier(WorkspaceId workspace, string tier) => _defaults[workspace] = tier;

    /// <summary>How long the runs of a project are kept; null for ever.</summary>
    public TimeSpan? Of(Project project) =>
        project.Retention
        ?? ((project.TraceTier ?? DefaultTier(project.Workspace)) == TraceTiers.Shortlived ? Shortlived : Longlived);
}
