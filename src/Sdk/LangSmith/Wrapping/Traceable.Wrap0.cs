using System.Runtime.CompilerServices;
using LangSmith.Wrapping;

namespace LangSmith;

/// <content>Wraps delegates of no arguments.</content>
public static partial class Traceable
{
    /// <summary>Wraps a delegate so that each call is a run: its arguments become the inputs, its result the outputs, an exception the error.</summary>
    /// <param name="target">The delegate; its parameters' names become the names of the inputs.</param>
    /// <param name="options">How it is traced; null for the defaults.</param>
    /// <returns>The traced delegate; its <c>Invoke</c> takes options, such as a run id, for one call.</returns>
    public static TracedFunc<TResult> Wrap<TResult>(Func<TResult> target, TraceableOptions? options = null) =>
        new(target, ValueKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<Task> Wrap(Func<Task> target, TraceableOptions? options = null) =>
        new(target, TaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static TracedFunc<Task<TResult>> Wrap<TResult>(Func<Task<TResult>> target, TraceableOptions? options = null) =>
        new(target, TaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<ValueTask> Wrap(Func<ValueTask> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<ValueTask<TResult>> Wrap<TResult>(Func<ValueTask<TResult>> target, TraceableOptions? options = null) =>
        new(target, ValueTaskKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<IEnumerable<TResult>> Wrap<TResult>(Func<IEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, StreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedFunc<IAsyncEnumerable<TResult>> Wrap<TResult>(
        Func<IAsyncEnumerable<TResult>> target, TraceableOptions? options = null) =>
        new(target, AsyncStreamKind<TResult>.Instance, options);

    /// <inheritdoc cref="Wrap{TResult}(Func{TResult}, TraceableOptions?)"/>
    public static TracedAction Wrap(Action target, TraceableOptions? options = null) => new(target, options);
}
