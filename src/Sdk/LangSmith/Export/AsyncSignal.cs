namespace LangSmith.Export;

/// <summary>Wakes one waiter; set by many threads, cheap when already set.</summary>
/// <remarks>The waiter resets, then reads the state, then waits: a change after the reading finds the signal unset and sets it.</remarks>
internal sealed class AsyncSignal
{
    private TaskCompletionSource _source = Create();

    public void Set() => Volatile.Read(ref _source).TrySetResult();

    public void Reset()
    {
        if (Volatile.Read(ref _source).Task.IsCompleted)
        {
            Interlocked.Exchange(ref _source, Create());
        }
    }

    public Task WaitAsync() => Volatile.Read(ref _source).Task;

    public async Task WaitAsync(TimeSpan timeout, TimeProvider time)
    {
        using var cancel = new CancellationTokenSource();
        var delay = Task.Delay(timeout, time, cancel.Token);
        await Task.WhenAny(WaitAsync(), delay).ConfigureAwait(false);
        // The timer of a delay that lost would otherwise live on until it fires.
        await cancel.CancelAsync().ConfigureAwait(false);
    }

    // A continuation must not run on the thread of a caller that is only tracing.
    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
