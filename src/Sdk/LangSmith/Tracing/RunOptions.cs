namespace LangSmith;

/// <summary>What one run is given. For one run: options that are used twice give their id to the first run only.</summary>
public sealed class RunOptions
{
    private int _used;

    /// <summary>The run's id, of your choosing; a UUIDv7 if it can be (<see cref="Uuid7"/>).</summary>
    /// <value>Null: a fresh id, derived from the start.</value>
    public Guid? RunId { get; init; }

    /// <summary>The run's id as a text, for ids that come from elsewhere, in any form that <see cref="LangSmith.RunId"/> reads.</summary>
    /// <value>Null: none. A text that is no UUID never stops anything: the run gets a fresh id and keeps the text in its metadata.</value>
    public string? RunIdText { get; init; }

    /// <summary>The run's name.</summary>
    /// <value>Null: the name that the call gives.</value>
    public string? Name { get; init; }

    /// <summary>The run type, one of <see cref="Protocol.RunTypes"/>.</summary>
    /// <value>Null: <c>chain</c>.</value>
    public string? RunType { get; init; }

    /// <summary>What goes in; an object or dictionary is recorded as it is, any other value under <c>input</c>.</summary>
    /// <value>Null: nothing yet.</value>
    public object? Inputs { get; init; }

    /// <summary>Tags of the run and of the runs below it.</summary>
    /// <value>Null: none.</value>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Metadata of the run and of the runs below it.</summary>
    /// <value>Null: none.</value>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    /// <summary>The project.</summary>
    /// <value>Null: that of the parent, else the configured one.</value>
    public string? ProjectName { get; init; }

    /// <summary>The run above.</summary>
    /// <value>Null: the current run.</value>
    public RunTree? Parent { get; init; }

    /// <summary>Begins a trace of its own, whatever the current run is.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether the run is recorded.</summary>
    /// <value>Null: as the surroundings and the configuration say.</value>
    public bool? Enabled { get; init; }

    /// <summary>The dataset example that the run answers.</summary>
    public Guid? ReferenceExampleId { get; init; }

    /// <summary>When the run began.</summary>
    /// <value>Null: now.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Called once when the run has ended, also when it is not recorded; what it throws is logged.</summary>
    public Action<RunTree>? OnEnd { get; init; }

    /// <summary>True for the first caller only.</summary>
    internal bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
}
