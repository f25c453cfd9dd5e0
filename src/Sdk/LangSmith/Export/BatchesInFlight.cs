namespace LangSmith.Export;

/// <summary>Batches on their way: so many at once, and of one run always one after the other. For one dispatching thread.</summary>
// Its slots hold nothing that must be given back, and a sender that outlives the shutdown still frees its own.
#pragma warning disable CA1001
internal sealed class BatchesInFlight(int slots)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _slots = new(slots);
    private readonly List<(Batch Batch, Task Task)> _batches = [];

    /// <summary>Ends when the fate of every batch that was dispatched so far is known.</summary>
    public Task WhenAll() => Task.WhenAll(_batches.Select(sending => sending.Task));

    /// <summary>Sends a batch as soon as there is a slot; returns when it has one.</summary>
    /// <param name="batch">The batch; it waits for earlier ones that touch a run of it.</param>
    /// <param name="send">Sends it.</param>
    public async Task DispatchAsync(Batch batch, Func<Batch, Task> send)
    {
        await _slots.WaitAsync().ConfigureAwait(false);
        _batches.RemoveAll(sending => sending.Task.IsCompleted);
        var before = Task.WhenAll(_batches.Where(sending => sending.Batch.Touches(batch)).Select(sending => sending.Task));
        _batches.Add((batch, SendAsync(batch, before, send)));
    }

    private async Task SendAsync(Batch batch, Task before, Func<Batch, Task> send)
    {
        try
        {
            await before.ConfigureAwait(false);
            // Encoding and compressing are work; the dispatcher goes on forming batches meanwhile.
            await Task.Yield();
            await send(batch).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }
}
