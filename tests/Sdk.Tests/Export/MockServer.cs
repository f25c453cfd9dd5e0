using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>A peer on a real socket that speaks the ingestion protocol, remembers everything, and misbehaves when told to.</summary>
internal sealed class MockServer : IAsyncDisposable
{
    public const string FullInfo =
        """
        {"version":"0.18.2","batch_ingest_config":{"use_multipart_endpoint":true,"size_limit":100,"size_limit_bytes":20971520},
         "instance_flags":{"zstd_compression_enabled":true,"gzip_body_enabled":true}}
        """;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private MockServer(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>The answer to <c>GET /info</c>; null is 404.</summary>
    public Reply Info { get; set; } = new(200, Body: FullInfo);

    /// <summary>The answer to everything else, chosen when the body has been read.</summary>
    public Func<ReceivedRequest, Reply> Answer { get; set; } = _ => new Reply(202);

    /// <summary>All requests but those for <c>/info</c>, in the order in which their bodies were complete.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests.Where(request => request.Path != "/info")];

    public int InfoRequests => _requests.Count(request => request.Path == "/info");

    /// <summary>The parts of all accepted multipart bodies.</summary>
    public IEnumerable<ReceivedPart> AcceptedParts => Requests.Where(request => request.Status is >= 200 and < 300).SelectMany(request => request.Parts);

    public static async Task<MockServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new MockServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Url = new Uri(address);
        return server;
    }

    /// <summary>Waits for the next request but those for <c>/info</c>; each is returned once.</summary>
    public async Task NextAsync() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(20)), "No request arrived.");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var request = await ReceivedRequest.ReadAsync(context.Request);
        var reply = request.Path == "/info" ? Info : Answer(request);
        request.Status = reply.Drop ? 0 : reply.Status;
        _requests.Enqueue(request);
        if (request.Path != "/info")
        {
            _arrived.Release();
        }

        if (reply.After is { } gate)
        {
            await gate.WaitAsync(context.RequestAborted);
        }

        if (reply.Drop)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        if (reply.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = reply.RetryAfter;
        }

        if (reply.Location is not null)
        {
            context.Response.Headers.Location = reply.Location;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.Body));
    }
}

/// <summary>How the peer answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfter">The header of that name.</param>
/// <param name="Drop">True to cut the connection instead.</param>
/// <param name="After">Answers only when this is done.</param>
/// <param name="Body">The body.</param>
/// <param name="Location">The header of that name.</param>
internal sealed record Reply(
    int Status, string? RetryAfter = null, bool Drop = false, Task? After = null, string Body = "{}", string? Location = null);
