using System.Diagnostics.CodeAnalysis;

namespace LangSmith.Tracing;

/// <summary>Decides what a new run is: recorded or not, below which parent, under which id.</summary>
internal static class RunStart
{
    /// <param name="tracer">The tracer.</param>
    /// <param name="name">The run's name when the options name none.</param>
    /// <param name="options">What the call gives.</param>
    /// <param name="fixedId">An id that belongs to something used more than once, with whether it is still free; default for none.</param>
    /// <param name="parent">The parent of a run tree that is made by hand; null for the surroundings.</param>
    public static RunTree Begin(LangSmithTracer tracer, string name, RunOptions? options, FixedId fixedId, RunTree? parent = null)
    {
        var surrounding = Ambient.Value;
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

        var id = ChooseId(tracer, options, waiting, fixedId, start, isNow: givenStart is null && start == now);
        if (parent is null && !tracer.Records(id.Id))
        {
            return RunTree.Untraced(tracer, id.Id, name, runType, start, options?.OnEnd ?? waiting?.OnEnd, isSampledOut: true);
        }

        var inheritance = Inheritance.Add(
            scope is null ? parent?.Inheritance : scope.Inheritance ?? parent?.Inheritance, options?.Tags ?? waiting?.Tags,
            options?.Metadata ?? waiting?.Metadata, tracer.Json);
        var project = parent?.TraceProject ?? options?.ProjectName ?? waiting?.ProjectName ?? scope?.ProjectName ?? tracer.Settings.ProjectName;
        var run = new RunTree((parent?.Surroundings ?? tracer.Surroundings).For(tracer, project, inheritance), id, parent, name, runType, start);
        run.Take(options?.ReferenceExampleId ?? waiting?.ReferenceExampleId, options?.OnEnd ?? waiting?.OnEnd);
        if ((options?.Inputs ?? waiting?.Inputs) is { } inputs)
        {
            run.TakeInputs(run.InputsOf(inputs));
        }

        return run;
    }

    private static RunIdChoice ChooseId(
        LangSmithTracer tracer, RunOptions? options, RunOptions? waiting, FixedId fixedId, DateTimeOffset start, bool isNow)
    {
        if (HasId(options))
        {
            return tracer.Ids.Choose(options, start);
        }

        if (HasId(waiting))
        {
            return tracer.Ids.Choose(waiting, start);
        }

        return fixedId.Id is not { } id ? tracer.Ids.ChooseFresh(start, isNow)
            : fixedId.IsFree ? tracer.Ids.Choose(id, null, start)
            : tracer.Ids.RefuseRepeated(id, start);
    }

    /// <summary>A child that began before its parent is refused by hosted LangSmith; clocks of two machines make such children.</summary>
    private static DateTimeOffset NotBefore(RunTree? parent, DateTimeOffset start) => parent is not null && parent.StartTime > start ? parent.StartTime : start;

    /// <summary>An id that is given is the run's, recorded or not: whoever waits for it must find it on the run.</summary>
    private static Guid? UntracedId(RunOptions? options, RunOptions? waiting, FixedId fixedId) =>
        GivenId(options) ?? GivenId(waiting) ?? (fixedId.IsFree ? fixedId.Id : null);

    private static Guid? GivenId(RunOptions? options) =>
        !HasId(options) || !options.TryUse() ? null
        : options.RunId ?? (RunId.TryParse(options.RunIdText, out var parsed) ? parsed : null);

    private static bool HasId([NotNullWhen(true)] RunOptions? options) => options is not null && (options.RunId is not null || options.RunIdText is not null);
}
