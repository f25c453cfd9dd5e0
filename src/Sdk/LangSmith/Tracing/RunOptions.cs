namespace LangSmith;

/// <summary>What one run is given. For one run: options that are used twice give their id to the first run only.</summary>
public sealed class RunOptions
{
    private Rest? _rest;
    private Guid _runId;
    private int _used;
    private bool _hasRunId;

    /// <summary>Makes options that say nothing yet.</summary>
    public RunOptions()
    {
    }

    /// <summary>Makes a copy, to say more than an original that was handed over says.</summary>
    /// <param name="original">The original; null for none. Its run id goes to one run: whoever of the original and its copies comes first.</param>
    public RunOptions(RunOptions? original)
    {
        if (original is null)
        {
            return;
        }

        // What is used up is used up for both.
        _rest = (original._rest ?? new Rest()) with { Source = original };
        RunId = original.RunId;
        Inputs = original.Inputs;
        IsRoot = original.IsRoot;
    }

    /// <summary>The run's id, of your choosing; a UUIDv7 if it can be (<see cref="Uuid7"/>).</summary>
    /// <value>Null: a fresh id, derived from the start.</value>
    [RunId]
    public Guid? RunId
    {
        // Apart, because a nullable one is four bytes longer with what it is aligned to.
        get => _hasRunId ? _runId : null;
        init => (_hasRunId, _runId) = (value is not null, value.GetValueOrDefault());
    }

    /// <summary>The run's id as a text, for ids that come from elsewhere, in any form that <see cref="LangSmith.RunId"/> reads.</summary>
    /// <value>Null: none. A text that is no UUID never stops anything: the run gets a fresh id and keeps the text in its metadata.</value>
    [RunId]
    public string? RunIdText
    {
        get => _rest?.RunIdText;
        init => Set(value, static (rest, value) => rest.RunIdText = value);
    }

    /// <summary>The run's name.</summary>
    /// <value>Null: the name that the call gives.</value>
    public string? Name
    {
        get => _rest?.Name;
        init => Set(value, static (rest, value) => rest.Name = value);
    }

    /// <summary>The run type, one of <see cref="Protocol.RunTypes"/>.</summary>
    /// <value>Null: <c>chain</c>.</value>
    public string? RunType
    {
        get => _rest?.RunType;
        init => Set(value, static (rest, value) => rest.RunType = value);
    }

    /// <summary>What goes in; an object or dictionary is recorded as it is, any other value under <c>input</c>.</summary>
    /// <value>Null: nothing yet.</value>
    public object? Inputs { get; init; }

    /// <summary>Tags of the run and of the runs below it.</summary>
    /// <value>Null: none.</value>
    public IReadOnlyList<string>? Tags
    {
        get => _rest?.Tags;
        init => Set(value, static (rest, value) => rest.Tags = value);
    }

    /// <summary>Metadata of the run and of the runs below it.</summary>
    /// <value>Null: none.</value>
    public IReadOnlyDictionary<string, object?>? Metadata
    {
        get => _rest?.Metadata;
        init => Set(value, static (rest, value) => rest.Metadata = value);
    }

    /// <summary>The project of a root run. A trace is in one project: a run below another is where that one is, whatever is said here.</summary>
    /// <value>Null: that of the scope, else the configured one.</value>
    public string? ProjectName
    {
        get => _rest?.ProjectName;
        init => Set(value, static (rest, value) => rest.ProjectName = value);
    }

    /// <summary>The run above.</summary>
    /// <value>Null: the current run.</value>
    public RunTree? Parent
    {
        get => _rest?.Parent;
        init => Set(value, static (rest, value) => rest.Parent = value);
    }

    /// <summary>Begins a trace of its own, whatever the current run is.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether the run is recorded.</summary>
    /// <value>Null: as the surroundings and the configuration say.</value>
    public bool? Enabled
    {
        get => _rest?.Enabled;
        init => Set(value, static (rest, value) => rest.Enabled = value);
    }

    /// <summary>The dataset example that the run answers.</summary>
    public Guid? ReferenceExampleId
    {
        get => _rest?.ReferenceExampleId;
        init => Set(value, static (rest, value) => rest.ReferenceExampleId = value);
    }

    /// <summary>When the run began; not before its parent, as servers refuse that: an earlier time becomes the parent's.</summary>
    /// <value>Null: now.</value>
    public DateTimeOffset? StartTime
    {
        get => _rest?.StartTime;
        init => Set(value, static (rest, value) => rest.StartTime = value);
    }

    /// <summary>Called once when the run has ended, also when it is not recorded; what it throws is logged.</summary>
    public Action<RunTree>? OnEnd
    {
        get => _rest?.OnEnd;
        init => Set(value, static (rest, value) => rest.OnEnd = value);
    }

    /// <summary>True when they choose the run's id, in whatever form.</summary>
    internal bool HasId => _hasRunId || _rest?.RunIdText is not null;

    /// <summary>True when a run was started with these.</summary>
    internal bool IsUsed => _rest?.Source?.IsUsed ?? (Volatile.Read(ref _used) != 0);

    /// <summary>True for the first caller only.</summary>
    internal bool TryUse() => _rest?.Source?.TryUse() ?? (Interlocked.Exchange(ref _used, 1) == 0);

    /// <summary>The options of a call over those of what is called: the call wins, tags and metadata add up.</summary>
    internal static RunOptions? Merge(RunOptions? given, RunOptions? called)
    {
        if (given is null || called is null)
        {
            return given ?? called;
        }

        return new RunOptions(given)
        {
            Name = given.Name ?? called.Name,
            RunType = given.RunType ?? called.RunType,
            Inputs = given.Inputs ?? called.Inputs,
            Tags = given.Tags is { } tags ? [.. (called.Tags ?? []).Union(tags)] : called.Tags,
            Metadata = Merge(given.Metadata, called.Metadata),
            ProjectName = given.ProjectName ?? called.ProjectName,
            Parent = given.Parent ?? called.Parent,
            IsRoot = given.IsRoot || called.IsRoot,
            Enabled = given.Enabled ?? called.Enabled,
            ReferenceExampleId = given.ReferenceExampleId ?? called.ReferenceExampleId,
            StartTime = given.StartTime ?? called.StartTime,
            OnEnd = given.OnEnd ?? called.OnEnd,
        };
    }

    private static IReadOnlyDictionary<string, object?>? Merge(IReadOnlyDictionary<string, object?>? given, IReadOnlyDictionary<string, object?>? called)
    {
        if (given is null || called is null)
        {
            return given ?? called;
        }

        var merged = new Dictionary<string, object?>(called);
        foreach (var (key, value) in given)
        {
            merged[key] = value;
        }

        return merged;
    }

    private void Set<T>(T? value, Action<Rest, T?> set)
    {
        if (value is not null || _rest is not null)
        {
            set(_rest ??= new Rest(), value);
        }
    }

    /// <summary>What is given seldom, apart: options are made for each call that chooses its id, and should be small then.</summary>
    private sealed record Rest
    {
        /// <summary>What these are a copy of.</summary>
        public RunOptions? Source { get; init; }

        public string? Name { get; set; }

        public string? RunIdText { get; set; }

        public string? RunType { get; set; }

        public IReadOnlyList<string>? Tags { get; set; }

        public IReadOnlyDictionary<string, object?>? Metadata { get; set; }

        public string? ProjectName { get; set; }

        public RunTree? Parent { get; set; }

        public bool? Enabled { get; set; }

        public Guid? ReferenceExampleId { get; set; }

        public DateTimeOffset? StartTime { get; set; }

        public Action<RunTree>? OnEnd { get; set; }
    }
}
