using System.ComponentModel;

namespace LangSmith.Interception;

/// <summary>What the attributes of a traced method say. For generated code.</summary>
/// <param name="name">The runs' name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TracedMethod(string name)
{
    private readonly Lazy<IReadOnlyDictionary<string, object?>?> _metadata = null!;
    private RunOptions? _called;

    /// <summary>The runs' name.</summary>
    public string Name => name;

    /// <summary>The run type; null for <c>chain</c>.</summary>
    public string? RunType { get; init; }

    /// <summary>The runs' tags; null for none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The runs' metadata; null for none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>>? Metadata
    {
        get => _metadata is null ? null : [.. _metadata.Value!];
        init => _metadata = new Lazy<IReadOnlyDictionary<string, object?>?>(() => value?.ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    /// <summary>The project; null for that of the surroundings.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Whether the arguments are recorded.</summary>
    public bool CapturesInputs { get; init; } = true;

    /// <summary>Whether the result is recorded.</summary>
    public bool CapturesOutputs { get; init; } = true;

    /// <summary>Exceptions that are a normal way to end; null for none.</summary>
    public IReadOnlyList<Type>? IgnoredExceptions { get; init; }

    /// <summary>What the attributes say, as options below those of a call; null when they say nothing.</summary>
    internal RunOptions? Called => this is { RunType: null, Tags: null, _metadata: null, ProjectName: null }
        ? null
        : _called ??= new RunOptions { RunType = RunType, Tags = Tags, Metadata = _metadata?.Value, ProjectName = ProjectName };

    internal bool Ignores(Exception exception) => IgnoredExceptions?.Any(type => type.IsInstanceOfType(exception)) is true;
}
