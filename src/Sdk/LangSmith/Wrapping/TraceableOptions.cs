namespace LangSmith;

/// <summary>How a wrapped delegate is traced.</summary>
public sealed class TraceableOptions
{
    private int _idUsed;

    /// <summary>The id of the first call's run; a fixed id for many calls is a mistake, so later calls get fresh ones and a warning.</summary>
    /// <value>Null: each call has an id of its own, or the one that the call gives.</value>
    [RunId]
    public Guid? RunId { get; init; }

    /// <summary>The runs' name.</summary>
    /// <value>Null: the name of the wrapped method; <c>lambda</c> for a lambda.</value>
    public string? Name { get; init; }

    /// <summary>The run type, one of <see cref="Protocol.RunTypes"/>.</summary>
    /// <value>Null: <c>chain</c>.</value>
    public string? RunType { get; init; }

    /// <summary>Tags of the runs and of those below them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Metadata of the runs and of those below them.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    /// <summary>The project of runs that are roots; a run below another is where that one is.</summary>
    /// <value>Null: that of the scope, else the configured one.</value>
    public string? ProjectName { get; init; }

    /// <summary>Whether the runs are recorded.</summary>
    /// <value>Null: as the surroundings and the configuration say.</value>
    public bool? Enabled { get; init; }

    /// <summary>Makes what is recorded of the arguments, by name; what it throws is recorded instead of them.</summary>
    public Func<IReadOnlyDictionary<string, object?>, object?>? ProcessInputs { get; init; }

    /// <summary>Makes what is recorded of the result; what it throws is recorded instead of it.</summary>
    public Func<object?, object?>? ProcessOutputs { get; init; }

    /// <summary>Makes one output of the chunks of a stream.</summary>
    /// <value>Null: the list of chunks is recorded, as it is when this throws.</value>
    public Func<IReadOnlyList<object?>, object?>? Reduce { get; init; }

    /// <summary>Chunks of a stream that are kept for the outputs; later ones are counted only.</summary>
    /// <value>10,000.</value>
    public int ChunksMax { get; init; } = 10_000;

    /// <summary>Exceptions that are a normal way to end: they pass through, and the run has no error.</summary>
    public Func<Exception, bool>? IgnoreException { get; init; }

    internal Tracing.FixedId? TakeId() => RunId is { } id ? new(id, Interlocked.Exchange(ref _idUsed, 1) == 0) : null;
}
