using LangSmith.Sdk.Tests.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LangSmith.Sdk.Tests.AspNetCore;

/// <summary>A web application on a real socket that traces to a peer.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Application(WebApplication app) => _app = app;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public static async Task<Application> StartAsync(
        MockServer peer, Action<WebApplication> map, Action<IServiceCollection>? services = null, params (string Key, string Value)[] configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
        [
            KeyValuePair.Create("LangSmith:TracingEnabled", (string?)"true"),
            KeyValuePair.Create("LangSmith:Endpoint", (string?)peer.Url.AbsoluteUri),
            KeyValuePair.Create("LangSmith:ProjectName", (string?)"web"),
            .. configuration.Select(pair => KeyValuePair.Create("LangSmith:" + pair.Key, (string?)pair.Value)),
        ]);
        builder.Services.AddLangSmith();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Application(app) { Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) } };
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
