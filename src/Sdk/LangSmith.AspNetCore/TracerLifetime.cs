using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LangSmith.AspNetCore;

/// <summary>Makes the application's tracer the process's own when the host starts, and sends what is left when everything else has stopped.</summary>
/// <remarks>After <c>StopAsync</c> of all services: what they trace while they stop is still sent.</remarks>
internal sealed class TracerLifetime(LangSmithTracer tracer, IOptions<LangSmithOptions> options, ILogger<TracerLifetime> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        LangSmithTracer.Default = tracer;
        if (tracer.IsEnabled)
        {
            Log.TracingOn(logger, tracer.Endpoint, tracer.ProjectName);
        }
        else
        {
            Log.TracingOff(logger);
        }

        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await tracer.FlushAsync(options.Value.Export.ShutdownTimeout, cancellationToken).ConfigureAwait(false))
            {
                Log.NotAllSent(logger, tracer.Counters.Pending);
            }
        }
        catch (OperationCanceledException)
        {
            // The host's own patience is over; disposing of the tracer counts what is left.
            Log.NotAllSent(logger, tracer.Counters.Pending);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
