#if !NET9_0_OR_GREATER
namespace System.Runtime.CompilerServices;

/// <summary>Known to the compiler by its name; the framework has it from .NET 9 on.</summary>
/// <param name="priority">The higher one wins: an async lambda could be a task and a value task, and is meant to be a task.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
internal sealed class OverloadResolutionPriorityAttribute(int priority) : Attribute
{
    public int Priority { get; } = priority;
}
#endif
