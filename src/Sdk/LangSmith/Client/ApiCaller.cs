using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LangSmith.Client;

/// <summary>Sends one request and reads its answer; what goes wrong becomes a <see cref="LangSmithApiException"/>.</summary>
internal sealed class ApiCaller(LangSmithConnection connection, TimeSpan timeout, TimeProvider time)
{
    private const int ProblemLengthMax = 500;

    public LangSmithConnection Connection => connection;

    public async Task<T> CallAsync<T>(HttpMethod method, string path, byte[]? json, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await CallAsync(method, path, json, type, missingIsNull: false, cancellationToken).ConfigureAwait(false)
            ?? throw new LangSmithApiException($"{method} {Bare(path)} was answered without content.", null);

    /// <summary>As <see cref="CallAsync{T}(HttpMethod, string, byte[], JsonTypeInfo{T}, CancellationToken)"/>; null when the server knows no such thing.</summary>
    public Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, path, null, type, missingIsNull: true, cancellationToken);

    public async Task CallAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken) =>
        await CallAsync(method, path, json, ClientJson.Default.JsonElement, missingIsNull: false, cancellationToken).ConfigureAwait(false);

    private async Task<T?> CallAsync<T>(
        HttpMethod method, string path, byte[]? json, JsonTypeInfo<T> type, bool missingIsNull, CancellationToken cancellationToken)
    {
        using var request = connection.CreateRequest(method, path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

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

            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return body.Length == 0 ? default : JsonSerializer.Deserialize(body, type);
        }
        catch (HttpRequestException exception)
        {
            throw new LangSmithApiException($"{method} {Bare(path)} got no answer from {connection.Endpoint}: {exception.Message}", null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LangSmithApiException($"{method} {Bare(path)} was not answered within {timeout.TotalSeconds:0} s.", null, exception);
        }
        catch (JsonException exception)
        {
            throw new LangSmithApiException($"{method} {Bare(path)} was answered with something that is not the expected JSON.", null, exception);
        }
    }

    private static async Task<LangSmithApiException> RefusedAsync(
        HttpMethod method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new LangSmithApiException(
            $"{method} {Bare(path)} was refused with {(int)response.StatusCode}: {Problem(text)}", response.StatusCode);
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
