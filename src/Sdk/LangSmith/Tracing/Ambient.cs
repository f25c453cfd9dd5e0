namespace LangSmith.Tracing;

/// <summary>What surrounds the code that runs: the library's one <see cref="AsyncLocal{T}"/>.</summary>
/// <remarks>It holds a run, or a scope that says something else; each knows what it stands in.</remarks>
internal static class Ambient
{
    private static readonly AsyncLocal<object?> s_value = new();

    public static object? Value
    {
        get => s_value.Value;
        set => s_value.Value = value;
    }

    /// <summary>The innermost run; null when there is none.</summary>
    public static RunTree? Run => Value switch
    {
        RunTree run => run,
        Scope scope => scope.Run,
        _ => null,
    };

    /// <summary>Leaves everything that surrounds the code until the result is disposed of.</summary>
    public static CurrentRunScope Leave() => new(AmbientChange.To(null));

    /// <summary>The innermost scope; null when there is none, or a run began since.</summary>
    public static Scope? Scope => Value as Scope;

    /// <summary>The tracer of this flow; null for the process's own.</summary>
    public static LangSmithTracer? Tracer => TracerIn(Value);

    /// <summary>The tracer that a value of <see cref="Value"/> names; null for the process's own.</summary>
    public static LangSmithTracer? TracerIn(object? surrounding) => surrounding switch
    {
        RunTree run => run.Tracer,
        Scope scope => scope.Tracer,
        _ => null,
    };
}
