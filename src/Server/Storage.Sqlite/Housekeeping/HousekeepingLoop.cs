using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Storage.Sqlite.Housekeeping;

/// <summary>Keeps house from time to time until it is disposed.</summary>
internal sealed class HousekeepingLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public HousekeepingLoop(Func<CancellationToken, Task> keepHouse, TimeSpan interval, TimeProvider time, ILogger logger) =>
        _running = RunAsync(keepHouse, interval, time, logger);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> keepHouse, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    await keepHouse(_stop.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.HousekeepingFailed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
