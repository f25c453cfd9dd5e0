using System.Net.Http.Json;
using LangSmith.Client;
using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>Asks the server once what it takes. A failure is no answer: it is asked again later, and nobody waits for it twice.</summary>
internal sealed class ServerInfoSource(LangSmithConnection connection, TimeProvider time, ILogger logger)
{
    /// <summary>The first batch waits this long, so that it is not sent plain to a server that answers at once.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_askAgainAfter = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private Task<ServerInfo?>? _asking;
    private bool _waited;
    private DateTimeOffset _notBefore;
    private ServerInfo? _known;

    public async ValueTask<ServerInfo> GetAsync(CancellationToken cancellationToken)
    {
        Task<ServerInfo?> asking;
        bool wait;
        lock (_lock)
        {
            if (_known is not null)
            {
                return _known;
            }

            if (_asking is null || (_asking.IsCompleted && time.GetUtcNow() >= _notBefore))
            {
                _asking = AskAsync(cancellationToken);
            }

            asking = _asking;
            wait = !_waited;
            _waited = true;
        }

        if (wait)
        {
            await WaitAsync(asking, cancellationToken).ConfigureAwait(false);
        }

        return asking.IsCompletedSuccessfully && await asking.ConfigureAwait(false) is { } info ? info : ServerInfo.Unknown;
    }

    private async Task WaitAsync(Task asking, CancellationToken cancellationToken)
    {
        try
        {
            await asking.WaitAsync(s_patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.InfoSlow(logger, s_patience.TotalMilliseconds);
        }
        catch (OperationCanceledException)
        {
            // Shutting down: the batch is still sent, by the defaults.
        }
    }

    private async Task<ServerInfo?> AskAsync(CancellationToken cancellationToken)
    {
        // Off the caller's lock at once.
        await Task.Yield();
        try
        {
            using var timeout = new CancellationTokenSource(s_requestTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            using var request = connection.CreateRequest(HttpMethod.Get, "/info");
            using var response = await connection.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                var info = await response.Content.ReadFromJsonAsync(ServerInfoJson.Default.ServerInfo, either.Token).ConfigureAwait(false);
                lock (_lock)
                {
                    _known = info;
                }

                return info;
            }

            Log.InfoFailed(logger, (int)response.StatusCode, null);
        }
        catch (Exception exception)
        {
            // Border: whatever goes wrong here (no connection, no JSON) only means that the defaults hold for now.
            Log.InfoFailed(logger, 0, exception);
        }

        lock (_lock)
        {
            _notBefore = time.GetUtcNow() + s_askAgainAfter;
        }

        return null;
    }
}
