namespace LangSmith.Server.Web.Prompts;

/// <summary>A prompt at one of its commits.</summary>
public sealed record PromptModel
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>What it is about, as markdown; null when nobody said.</summary>
    public string? Readme { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<CommitRow> Commits { get; init; }

    /// <summary>The commit that is shown; null when the prompt has none yet.</summary>
    public CommitRow? Shown { get; init; }

    public PromptManifest? Manifest { get; init; }

    /// <summary>The commit that the shown one is compared with; null when the commit itself is shown.</summary>
    public CommitRow? Against { get; init; }

    public IReadOnlyList<DiffLine> Difference { get; init; } = [];

    /// <summary>The server's own address, for snippets.</summary>
    public required Uri Origin { get; init; }

    /// <summary>Why the last form was not taken; null when it was.</summary>
    public string? Problem { get; init; }
}
