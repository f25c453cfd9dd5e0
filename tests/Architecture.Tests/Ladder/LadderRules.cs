namespace Architecture.Tests.Ladder;

/// <summary>
/// The arrows that a project file may draw. A project references only lower floors of its own wing, or the cellar; only Host names an
/// engine; the wings never meet.
/// </summary>
internal static class LadderRules
{
    private const string Picture = "See docs/architecture.md.";

    private static readonly Dictionary<string, Floor> s_floors = new(StringComparer.Ordinal)
    {
        ["src/Protocol"] = new(Wing.Cellar, 0),

        ["src/Sdk/LangSmith.Generators"] = new(Wing.Sdk, 0),
        ["src/Sdk/LangSmith.CodeFixes"] = new(Wing.Sdk, 1),
        ["src/Sdk/LangSmith"] = new(Wing.Sdk, 2),
        ["src/Sdk/LangSmith.AspNetCore"] = new(Wing.Sdk, 3),
        ["src/Sdk/LangSmith.Extensions.AI"] = new(Wing.Sdk, 3),
        ["src/Sdk/LangSmith.OpenTelemetry"] = new(Wing.Sdk, 3),
        ["src/Sdk/LangSmith.Testing"] = new(Wing.Sdk, 3),

        ["src/Server/Domain"] = new(Wing.Server, 1),
        ["src/Server/Query"] = new(Wing.Server, 2),
        ["src/Server/Storage"] = new(Wing.Server, 3),
        ["src/Server/Storage.Sqlite"] = new(Wing.Server, 4, IsEngine: true),
        ["src/Server/Storage.ClickHouse"] = new(Wing.Server, 4, IsEngine: true),
        ["src/Server/Ingest"] = new(Wing.Server, 4),
        ["src/Server/Explore"] = new(Wing.Server, 4),
        ["src/Server/Curation"] = new(Wing.Server, 4),
        ["src/Server/Api"] = new(Wing.Server, 5),
        ["src/Server/Web"] = new(Wing.Server, 5),
        ["src/Server/Host"] = new(Wing.Server, 6),
    };

    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects) => projects.SelectMany(Violations);

    private static IEnumerable<string> Violations(ProjectFile project)
    {
        if (!project.Path.StartsWith("src/", StringComparison.Ordinal))
        {
            yield break;
        }

        if (FloorOf(project.Path) is not { } from)
        {
            yield return $"{project.Path}: stands on no floor. Give it one in LadderRules and in the picture. {Picture}";
            yield break;
        }

        // XXH3 for derived ids is the one thing the cellar needs that the framework lacks: everybody inherits what is added here.
        foreach (var package in project.Packages.Where(package => from.Wing == Wing.Cellar && package != "System.IO.Hashing"))
        {
            yield return $"{project.Path}: the cellar must not depend on {package}. {Picture}";
        }

        foreach (var reference in project.References)
        {
            if (Complaint(from, FloorOf(reference), project.Name) is { } complaint)
            {
                yield return $"{project.Path}: must not reference {reference}: {complaint} {Picture}";
            }
        }
    }

    private static string? Complaint(Floor from, Floor? target, string name) => target switch
    {
        null => "what ships depends on floors of the house only.",
        { Wing: Wing.Cellar } when from.Wing != Wing.Cellar => null,
        { } to when from.Wing == Wing.Cellar => $"the cellar stands on nothing, {to.Wing} is above it.",
        { } to when to.Wing != from.Wing => "the wings never meet.",
        { IsEngine: true } when !name.EndsWith(".Host", StringComparison.Ordinal) => "only Host names an engine.",
        { } to when to.Level == from.Level => $"the arrow crosses floor {from.Level}.",
        { } to when to.Level > from.Level => $"the arrow climbs from floor {from.Level} to {to.Level}.",
        _ => null,
    };

    private static Floor? FloorOf(string projectPath) =>
        s_floors.GetValueOrDefault(Path.GetDirectoryName(projectPath)?.Replace('\\', '/') ?? string.Empty);

    private enum Wing
    {
        Cellar,
        Sdk,
        Server,
    }

    private sealed record Floor(Wing Wing, int Level, bool IsEngine = false);
}
