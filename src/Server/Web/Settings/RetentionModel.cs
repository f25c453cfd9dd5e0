using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Settings;

/// <summary>How long runs are kept.</summary>
/// <param name="Projects">The projects with what holds for each; null is for ever.</param>
/// <param name="DefaultTier">The tier of projects without a rule of their own.</param>
/// <param name="Longlived">How long that tier keeps; null for ever.</param>
/// <param name="Shortlived">How long that tier keeps; null for ever.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
public sealed record RetentionModel(
    IReadOnlyList<(Project Project, TimeSpan? Kept)> Projects, string DefaultTier, TimeSpan? Longlived, TimeSpan? Shortlived, string? Problem = null);
