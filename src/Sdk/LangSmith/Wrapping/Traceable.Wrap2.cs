using System.Runtime.CompilerServices;
using LangSmith.Wrapping;

namespace LangSmith;

/// <content>Wraps delegates of 2 arguments.</content>
public static partial class Traceable
{
    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, TResult> Wrap<T1, T2, TResult>(Func<T1, T2, TResult> target, TraceableOptions? options = null) =>
        new(target, ValueKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<T1, T2, Task> Wrap<T1, T2>(Func<T1, T2, Task> target, TraceableOptions? options = null) =>
        new(target, TaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<T1, T2, Task<TResult>> Wrap<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> target, TraceableOptions? options = null) =>
        new(target, TaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, ValueTask> Wrap<T1, T2>(Func<T1, T2, ValueTask> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, ValueTask<TResult>> Wrap<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, IEnumerable<TResult>> Wrap<T1, T2, TResult>(
        Func<T1, T2, IEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, StreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<T1, T2, IAsyncEnumerable<TResult>> Wrap<T1, T2, TResult>(
        Func<T1, T2, IAsyncEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, AsyncStreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedAction<T1, T2> Wrap<T1, T2>(Action<T1, T2> target, TraceableOptions? options = null) => new(target, options);
}
