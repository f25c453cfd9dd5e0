namespace LangSmith.Tracing;

/// <summary>Decides what a new run is: recorded or not, below which parent, under which id.</summary>
internal static class RunStart
{
    /// <summary>Begins a run of the tracer of the surroundings.</summary>
    public static RunTree Begin(string name, RunOptions? options, FixedId? fixedId = null)
    {
        var surrounding = Ambient.Value;
        return Begin(Ambient.TracerIn(surrounding) ?? LangSmithTracer.Default, surrounding, name, options, fixedId, parent: null);
    }

    /// <summary>Begins a run of a tracer.</summary>
    /// <param name="tracer">The tracer.</param>
    /// <param name="name">The run's name when the options name none.</param>
    /// <param name="options">What the call gives.</param>
    /// <param name="parent">The parent of a run tree that is made by hand; null for the surroundings.</param>
    public static RunTree Begin(LangSmithTracer tracer, string name, RunOptions? options, RunTree? parent = null) =>
        Begin(tracer, Ambient.Value, name, options, fixedId: null, parent);

    /// <param name="tracer">The tracer.</param>
    /// <param name="surrounding">What surrounds the code.</param>
    /// <param name="name">The run's name when the options name none.</param>
    /// <param name="options">What the call gives.</param>
    /// <param name="fixedId">An id that belongs to something used more than once, with whether it is still free; null for none.</param>
    /// <param name="parent">The parent of a run tree that is made by hand; null for the surroundings.</param>
    private static RunTree Begin(
        LangSmithTracer tracer, object? surrounding, string name, RunOptions? options, FixedId? fixedId, RunTree? parent)
    {
        var scope = surrounding as Scope;
        var waiting = parent is null ? scope?.TakeNext() : null;
        parent ??= options?.IsRoot is true ? null : options?.Parent ?? waiting?.Parent ?? scope?.Run ?? surrounding as RunTree;
        var givenStart = options?.StartTime ?? waiting?.StartTime;
        var now = givenStart ?? tracer.Time.GetUtcNow();
        var start = NotBefore(parent, now);
        var runType = options?.RunType ?? waiting?.RunType;
        name = options?.Name ?? waiting?.Name ?? name;
        // A run of this process keeps its trace whole. One of another process turns nothing on: anybody can send a header.
        var enabled = options?.Enabled ?? waiting?.Enabled ?? scope?.Enabled ?? (parent is { IsRemote: false } || tracer.Settings.TracingEnabled);
        if (!enabled || parent is { IsTraced: false })
        {
            // Below a trace that is sampled out everything is, so that it says so to the processes that it calls.
            return RunTree.Untraced(
                tracer, UntracedId(options, waiting, fixedId), name, runType, start, options?.OnEnd ?? waiting?.OnEnd,
                isSampledOut: enabled && parent is { IsSampledOut: true });
        }

        string? refused = null;
        var giver = options is { HasId: true } ? options : waiting is { HasId: true } ? waiting : null;
        var isGiven = giver is not null || fixedId is not null;
        var id = isGiven
            ? ChooseGiven(tracer.Ids, giver, fixedId, start, out refused)
            : tracer.Ids.ChooseFresh(start, isNow: givenStart is null && start == now);
        if (parent is null && !tracer.Records(id))
        {
            return RunTree.Untraced(tracer, id, name, runType, start, options?.OnEnd ?? waiting?.OnEnd, isSampledOut: true);
        }

        var inheritance = Inheritance.Add(
            scope is null ? parent?.Inheritance : scope.Inheritance ?? parent?.Inheritance, options?.Tags ?? waiting?.Tags,
            options?.Metadata ?? waiting?.Metadata, tracer.Json);
        var project = parent?.TraceProject ?? options?.ProjectName ?? waiting?.ProjectName ?? scope?.ProjectName ?? tracer.Settings.ProjectName;
        var run = new RunTree((parent?.Surroundings ?? tracer.Surroundings).For(tracer, project, inheritance), id, parent, name, runType, start);
        if (isGiven)
        {
            run.TakeId(refused);
        }

        run.Take(options?.ReferenceExampleId ?? waiting?.ReferenceExampleId, options?.OnEnd ?? waiting?.OnEnd);
        if ((options?.Inputs ?? waiting?.Inputs) is { } inputs)
        {
            run.TakeInputs(run.InputsOf(inputs));
        }

        return run;
    }

    private static Guid ChooseGiven(RunIdGuard ids, RunOptions? options, FixedId? fixedId, DateTimeOffset start, out string? refused) =>
        options is not null ? ids.Choose(options, start, out refused)
        : fixedId!.IsFree ? ids.Choose(fixedId.Id, null, start, out refused)
        : ids.RefuseRepeated(fixedId.Id, start, out refused);

    /// <summary>A child that began before its parent is refused by hosted LangSmith; clocks of two machines make such children.</summary>
    private static DateTimeOffset NotBefore(RunTree? parent, DateTimeOffset start) => parent is not null && parent.StartTime > start ? parent.StartTime : start;

    /// <summary>An id that is given is the run's, recorded or not: whoever waits for it must find it on the run.</summary>
    private static Guid? UntracedId(RunOptions? options, RunOptions? waiting, FixedId? fixedId) =>
        GivenId(options) ?? GivenId(waiting) ?? (fixedId is { IsFree: true } ? fixedId.Id : null);

    private static Guid? GivenId(RunOptions? options) =>
        options is not { HasId: true } || !options.TryUse() ? null
        : options.RunId ?? (RunId.TryParse(options.RunIdText, out var parsed) ? parsed : null);
}
