using System.Runtime.CompilerServices;
using LangSmith.Wrapping;

namespace LangSmith;

/// <content>Wraps delegates of one argument.</content>
public static partial class Traceable
{
    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, TResult> Wrap<T1, TResult>(Func<T1, TResult> target, TraceableOptions? options = null) =>
        new(target, ValueKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<T1, Task> Wrap<T1>(Func<T1, Task> target, TraceableOptions? options = null) =>
        new(target, TaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<T1, Task<TResult>> Wrap<T1, TResult>(Func<T1, Task<TResult>> target, TraceableOptions? options = null) =>
        new(target, TaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, ValueTask> Wrap<T1>(Func<T1, ValueTask> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, ValueTask<TResult>> Wrap<T1, TResult>(
        Func<T1, ValueTask<TResult>> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, IEnumerable<TResult>> Wrap<T1, TResult>(
        Func<T1, IEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, StreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, IAsyncEnumerable<TResult>> Wrap<T1, TResult>(
        Func<T1, IAsyncEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, AsyncStreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedAction<T1> Wrap<T1>(Action<T1> target, TraceableOptions? options = null) => new(target, options);
}
