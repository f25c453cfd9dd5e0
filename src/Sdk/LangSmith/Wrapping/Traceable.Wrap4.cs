using System.Runtime.CompilerServices;
using LangSmith.Wrapping;

namespace LangSmith;

/// <content>Wraps delegates of 4 arguments.</content>
public static partial class Traceable
{
    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, T3, T4, TResult> Wrap<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> target, TraceableOptions? options = null) =>
        new(target, ValueKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<T1, T2, T3, T4, Task> Wrap<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, Task> target, TraceableOptions? options = null) =>
        new(target, TaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<T1, T2, T3, T4, Task<TResult>> Wrap<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> target, TraceableOptions? options = null) =>
        new(target, TaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, T3, T4, ValueTask> Wrap<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, ValueTask> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, T3, T4, ValueTask<TResult>> Wrap<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, ValueTask<TResult>> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, T3, T4, IEnumerable<TResult>> Wrap<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, IEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, StreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, T3, T4, IAsyncEnumerable<TResult>> Wrap<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, IAsyncEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, AsyncStreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedAction<T1, T2, T3, T4> Wrap<T1, T2, T3, T4>(Action<T1, T2, T3, T4> target, TraceableOptions? options = null) => new(target, options);
}
