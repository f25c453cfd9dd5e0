using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Extensions.AI.Tests.OpenAI;

/// <summary>A peer on a real socket that speaks OpenAI's protocol: chat completions and responses, whole or as server-sent events.</summary>
public sealed class OpenAIServer : IAsyncLifetime
{
    private WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    /// <summary>The bodies of all requests.</summary>
    internal ConcurrentQueue<string> Bodies { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", request => AnswerAsync(request, Answers.Chat, Answers.ChatChunks, named: false));
        _app.MapPost("/v1/responses", request => AnswerAsync(request, Answers.Response, Answers.ResponseEvents, named: true));
        await _app.StartAsync();
        Url = new Uri(new Uri(_app.Urls.Single()), "/v1");
    }

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<JsonNode, string> whole, IReadOnlyList<string> chunks, bool named)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Bodies.Enqueue(body);
        var request = JsonNode.Parse(body)!;
        if ((bool?)request["stream"] is not true)
        {
            var answer = whole(request);
            context.Response.StatusCode = answer.StartsWith("{\"error\"", StringComparison.Ordinal) ? 400 : 200;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer, context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        foreach (var chunk in chunks)
        {
            var name = named ? $"event: {(string?)JsonNode.Parse(chunk)!["type"]}\n" : "";
            await context.Response.WriteAsync($"{name}data: {chunk}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }
}
