using System.Runtime.CompilerServices;

namespace LangSmith.Tracing;

/// <summary>One change of what surrounds the code, and the way back.</summary>
/// <remarks>
/// Setting a value that flows makes a new execution context, the dearer the more values flow, and setting it back would make a second one.
/// Contexts are immutable: while the one that was made is still the current one, the one from before holds the same but for this value, so it
/// is put back whole and nothing is made. Where something else has changed since, that is kept, and the value alone is set back.
/// </remarks>
/// <param name="Before">The context before; where contexts do not flow, the value before.</param>
/// <param name="After">The context that the change made; null where contexts do not flow.</param>
internal readonly record struct AmbientChange(object? Before, ExecutionContext? After)
{
    /// <summary>Changes what surrounds the code.</summary>
    public static AmbientChange To(object? value)
    {
        var before = ExecutionContext.Capture() ?? Ambient.Value;
        Ambient.Value = value;
        return new AmbientChange(before, ExecutionContext.Capture());
    }

    /// <summary>Makes what was before surround the code again.</summary>
    public void Undo()
    {
        if (Before is not ExecutionContext context)
        {
            Ambient.Value = Before;
        }
        else if (ReferenceEquals(ExecutionContext.Capture(), After))
        {
            ExecutionContext.Restore(context);
        }
        else
        {
            Ambient.Value = ValueIn(context);
        }
    }

    private static object? ValueIn(ExecutionContext context)
    {
        var found = new StrongBox<object?>();
        ExecutionContext.Run(context, static box => ((StrongBox<object?>)box!).Value = Ambient.Value, found);
        return found.Value;
    }
}
