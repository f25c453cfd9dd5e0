using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using LangSmith.Protocol;

namespace LangSmith.Server.Commands;

/// <summary>How the commands that ask a running server reach it: they change nothing behind its back.</summary>
internal sealed class ServerConnection
{
    private readonly Option<Uri?> _server = new("--server")
    {
        Description = "Where the running server is. Default http://127.0.0.1:1984.",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:1984"),
        CustomParser = given =>
        {
            if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            given.AddError($"'{given.Tokens[0].Value}' is no URL; give one like http://127.0.0.1:1984.");
            return null;
        },
    };

    private readonly Option<string?> _apiKey = new("--api-key")
    {
        Description = "The server's key, when it has one. Default LANGSMITH_SERVER_API_KEY.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("LANGSMITH_SERVER_API_KEY"),
    };

    private readonly Option<string?> _workspace = new("--workspace") { Description = "The id of the workspace. Default: the default one." };

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_apiKey);
        command.Options.Add(_workspace);
    }

    /// <summary>Sends one request and handles its answer; what fails is told on standard error, with exit code 1.</summary>
    public async Task<int> SendAsync(
        ParseResult parsed, HttpMethod method, string path, HttpContent? content, Func<HttpResponseMessage, Task> handle, CancellationToken cancellationToken)
    {
        var server = parsed.GetValue(_server)!;
        using var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        AddHeader(request, WireHeaders.ApiKey, parsed.GetValue(_apiKey));
        AddHeader(request, WireHeaders.TenantId, parsed.GetValue(_workspace));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                await handle(response);
                return 0;
            }

            await Console.Error.WriteLineAsync(await ProblemAsync(response, cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync($"{server} does not answer, or what it sent could not be kept: {exception.Message}");
        }

        return 1;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    private static void AddHeader(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("detail").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"The server answered {(int)response.StatusCode}.";
        }
    }
}
