using System.Net.Http.Headers;
using LangSmith.Client;
using Microsoft.Extensions.Logging;

namespace LangSmith.Export;

/// <summary>Sends one body until the answer is final or it is time to give up.</summary>
internal sealed class RequestSender(LangSmithConnection connection, ExportOptions options, Ledger ledger, TimeProvider time, ILogger logger)
{
    private readonly RetrySchedule _schedule = new(options.RetryDelay, options.RetryFor);
    private readonly string _endpoint = connection.Endpoint.ToString();
    private int _failing;

    /// <param name="body">The body.</param>
    /// <param name="retryMissing">True to try again on 404: the run that feedback is about may not be visible yet.</param>
    /// <param name="abort">Ends all trying at once.</param>
    public async Task<Answer> SendAsync(RequestBody body, bool retryMissing, CancellationToken abort)
    {
        var started = time.GetTimestamp();
        var mayHaveArrived = false;
        for (var attempt = 1; ; attempt++)
        {
            var (verdict, status, retryAfter) = await AttemptAsync(body, abort).ConfigureAwait(false);
            if (retryMissing && verdict.Kind == VerdictKind.NoRoute)
            {
                verdict = new Verdict(VerdictKind.Retry, ExportLossReason.NotFound);
            }
            else if (verdict.Kind != VerdictKind.Retry)
            {
                Recovered();
                return new Answer(verdict, status, mayHaveArrived);
            }

            // Told to wait (429) is told that it did not get in; anything else may have got in before the answer was lost.
            mayHaveArrived |= status != 429;
            if (abort.IsCancellationRequested)
            {
                return new Answer(new Verdict(VerdictKind.Retry, ExportLossReason.ShutdownDeadline), status, mayHaveArrived);
            }

            var delay = _schedule.NextDelay(attempt, time.GetElapsedTime(started), retryAfter, Random.Shared.NextDouble());
            if (delay is not { } pause)
            {
                return new Answer(verdict, status, mayHaveArrived);
            }

            Log.Retrying(logger, attempt, status, pause.TotalMilliseconds);
            await PauseAsync(pause, abort).ConfigureAwait(false);
        }
    }

    private async Task<(Verdict Verdict, int Status, TimeSpan? RetryAfter)> AttemptAsync(RequestBody body, CancellationToken abort)
    {
        var started = time.GetTimestamp();
        try
        {
            using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, abort);
            using var request = connection.CreateRequest(HttpMethod.Post, body.Path);
            request.Content = body.CreateContent();
            using var response = await connection.SendAsync(request, either.Token).ConfigureAwait(false);
            var verdict = Verdict.Of(response.StatusCode);
            if (verdict.Kind == VerdictKind.Retry)
            {
                Failed((int)response.StatusCode, null);
            }

            return (verdict, (int)response.StatusCode, RetryAfter(response.Headers.RetryAfter));
        }
        catch (Exception exception)
        {
            // Border: refused, reset, timed out, aborted, or an injected handler that throws. All mean that there was no answer.
            Failed(0, exception);
            return (new Verdict(VerdictKind.Retry, ExportLossReason.ServerUnavailable), 0, null);
        }
        finally
        {
            ledger.Request(time.GetElapsedTime(started).TotalSeconds, body.Count);
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);

    private async Task PauseAsync(TimeSpan pause, CancellationToken abort)
    {
        try
        {
            // Nothing signals that a server can again; an abort ends the pause.
            await Task.Delay(pause, time, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next attempt fails at once and says why.
        }
    }

    private void Failed(int status, Exception? exception)
    {
        if (Interlocked.Exchange(ref _failing, 1) == 0)
        {
            Log.EndpointFailing(logger, _endpoint, status, options.RetryFor, exception);
        }
    }

    private void Recovered()
    {
        if (Volatile.Read(ref _failing) != 0 && Interlocked.Exchange(ref _failing, 0) == 1)
        {
            Log.EndpointWorks(logger, _endpoint);
        }
    }
}
