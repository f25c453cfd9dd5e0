using System.Text.Json;

namespace LangSmith.Server.Storage.Sqlite.Projects;

/// <summary>The properties of a project that nothing is searched by.</summary>
internal sealed record ProjectDetails
{
    public DateTimeOffset? End { get; init; }

    public string? Description { get; init; }

    public JsonElement? Extra { get; init; }

    public Guid? Dataset { get; init; }

    public string? Tier { get; init; }

    public TimeSpan? Retention { get; init; }
}
