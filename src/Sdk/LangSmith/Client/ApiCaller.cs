using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LangSmith.Export;

namespace LangSmith.Client;

/// <summary>Sends a request and reads its answer; what goes wrong becomes a <see cref="LangSmithApiException"/>.</summary>
/// <remarks>
/// A server that is busy (429, 503) is asked again, for as long as the schedule allows and three times at most; so is one that failed or
/// could not be reached, where asking twice does no harm.
/// </remarks>
internal sealed class ApiCaller(LangSmithConnection connection, TimeSpan timeout, RetrySchedule schedule, TimeProvider time)
{
    private const int AttemptsMax = 4;
    private const int ProblemLengthMax = 500;

    public async Task<T> CallAsync<T>(HttpMethod method, string path, byte[]? json, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await CallAsync(method, path, Json(json), type, missingIsNull: false, cancellationToken).ConfigureAwait(false)
            ?? throw new LangSmithApiException($"{method} {Bare(path)} was answered without content.", null);

    /// <summary>Reads something; null when the server knows no such thing.</summary>
    public Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, path, null, type, missingIsNull: true, cancellationToken);

    public async Task CallAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken) =>
        await CallAsync(method, path, Json(json), ClientJson.Default.JsonElement, missingIsNull: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends a body of parts, made anew for each attempt.</summary>
    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, Func<MultipartFormDataContent> parts, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await CallAsync(method, path, parts, type, missingIsNull: false, cancellationToken).ConfigureAwait(false)
            ?? throw new LangSmithApiException($"{method} {Bare(path)} was answered without content.", null);

    private static Func<HttpContent>? Json(byte[]? json) => json is null ? null
        : () => new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<T?> CallAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? body, JsonTypeInfo<T> type, bool missingIsNull, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CallOnceAsync(method, path, body, type, missingIsNull, cancellationToken).ConfigureAwait(false);
            }
            catch (LangSmithApiException exception) when (attempt < AttemptsMax && IsWorthAnother(exception, method, path))
            {
                // Nobody can guess when many clients come back; no secret depends on it.
#pragma warning disable CA5394
                if (schedule.NextDelay(attempt, time.GetElapsedTime(began), exception.RetryAfter, Random.Shared.NextDouble()) is not { } pause)
#pragma warning restore CA5394
                {
                    throw;
                }

                // Nothing signals that a server can again: only its Retry-After, which is in the pause.
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A busy server has done nothing yet. One that failed may have: only what carries its own id, or changes nothing, is repeated then.</summary>
    private static bool IsWorthAnother(LangSmithApiException exception, HttpMethod method, string path) => exception.Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => true,
        // The run that feedback is about may have been sent and not be visible yet.
        HttpStatusCode.NotFound => method == HttpMethod.Post && Bare(path) == "/feedback",
        null => exception.InnerException is HttpRequestException && IsRepeatable(method, path),
        HttpStatusCode.NotImplemented => false,
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => IsRepeatable(method, path),
        _ => false,
    };

    private static bool IsRepeatable(HttpMethod method, string path) =>
        method == HttpMethod.Get || method == HttpMethod.Patch || (method == HttpMethod.Post && Bare(path) is "/runs" or "/runs/query" or "/feedback");

    private async Task<T?> CallOnceAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? body, JsonTypeInfo<T> type, bool missingIsNull, CancellationToken cancellationToken)
    {
        using var request = connection.CreateRequest(method, path);
        request.Content = body?.Invoke();

        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await connection.SendAsync(request, either.Token).ConfigureAwait(false);
            if (missingIsNull && response.StatusCode == HttpStatusCode.NotFound)
            {
                return default;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw await RefusedAsync(method, path, response, either.Token).ConfigureAwait(false);
            }

            var answer = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return answer.Length == 0 ? default : JsonSerializer.Deserialize(answer, type);
        }
        catch (HttpRequestException exception)
        {
            throw new LangSmithApiException($"{method} {Bare(path)} got no answer from {connection.Endpoint}: {exception.Message}", null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LangSmithApiException($"{method} {Bare(path)} was not answered within {timeout.TotalSeconds:0.###} s.", null, exception);
        }
        catch (JsonException exception)
        {
            throw new LangSmithApiException($"{method} {Bare(path)} was answered with something that is not the expected JSON.", null, exception);
        }
    }

    private async Task<LangSmithApiException> RefusedAsync(
        HttpMethod method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = connection.Conceal(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        return new LangSmithApiException(
            $"{method} {Bare(path)} was refused with {(int)response.StatusCode}: {Problem(text)}", response.StatusCode)
        {
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - time.GetUtcNow(),
                _ => null,
            },
        };
    }

    /// <summary>The server's own words, without the rest of its answer.</summary>
    private static string Problem(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var name in (ReadOnlySpan<string>)["detail", "error", "message"])
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var words)
                    && words.ValueKind == JsonValueKind.String)
                {
                    text = words.GetString()!;
                    break;
                }
            }
        }
        catch (JsonException)
        {
            // Whatever stands in the way of the server said it in its own form.
        }

        return text.Length <= ProblemLengthMax ? text : string.Concat(text.AsSpan(0, ProblemLengthMax), "…");
    }

    private static string Bare(string path) => path.Split('?')[0];
}
