namespace LangSmith.Tracing;

/// <summary>A stretch of code for which something else holds: parent, tags, project, tracer, the next run's options.</summary>
internal sealed class Scope : IDisposable
{
    private AmbientChange _change;
    private RunOptions? _next;

    /// <summary>Makes a scope in which all is as it is around it, but for what is set.</summary>
    public Scope()
    {
        var outer = Ambient.Value;
        if (outer is Scope surrounding)
        {
            Run = surrounding.Run;
            Tracer = surrounding.Tracer;
            Inheritance = surrounding.Inheritance ?? Run?.Inheritance;
            ProjectName = surrounding.ProjectName;
            Enabled = surrounding.Enabled;
            _next = surrounding._next;
        }
        else if (outer is RunTree run)
        {
            Run = run;
            Tracer = run.Tracer;
            Inheritance = run.Inheritance;
        }
    }

    public RunTree? Run { get; init; }

    public LangSmithTracer? Tracer { get; init; }

    public Inheritance? Inheritance { get; init; }

    public string? ProjectName { get; init; }

    public bool? Enabled { get; init; }

    public RunOptions? Next
    {
        init => _next = value;
    }

    /// <summary>Takes the options that wait for the next run; whoever comes first has them.</summary>
    public RunOptions? TakeNext() => _next is null ? null : Interlocked.Exchange(ref _next, null);

    public Scope Enter()
    {
        _change = AmbientChange.To(this);
        return this;
    }

    public void Dispose() => _change.Undo();
}
