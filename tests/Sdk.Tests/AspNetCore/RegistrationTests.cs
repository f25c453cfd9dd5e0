using LangSmith.Sdk.Tests.Configuration;
using LangSmith.Sdk.Tests.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LangSmith.Sdk.Tests.AspNetCore;

/// <summary>Alone, as a host that starts replaces the process's own tracer.</summary>
[Collection(nameof(EnvironmentVariables))]
public sealed class RegistrationTests : IDisposable
{
    private readonly IDisposable _environment = EnvironmentVariables.Only();
    private readonly LangSmithTracer _before = LangSmithTracer.Default;

    public void Dispose()
    {
        LangSmithTracer.Default = _before;
        _environment.Dispose();
    }

    [Fact]
    public async Task StopAsync_RunsStillQueued_AreSentFirst()
    {
        await using var peer = await MockServer.StartAsync();
        await using var app = await Application.StartAsync(peer, _ => { }, configuration: ("Export:BatchAgeMax", "01:00:00"));
        var runId = Uuid7.NewGuid();

        using (Traceable.StartRun("in a background service", new RunOptions { RunId = runId }))
        {
        }

        Assert.Empty(peer.Requests);
        await app.StopAsync();

        Assert.Contains(peer.AcceptedParts, part => part.Name == $"post.{runId}");
        Assert.Equal(1, app.Services.GetRequiredService<LangSmithTracer>().Counters.Delivered);
    }

    [Fact]
    public async Task StopAsync_RunsOfServicesThatStop_AreSentToo()
    {
        await using var peer = await MockServer.StartAsync();
        await using var app = await Application.StartAsync(peer, _ => { }, services => services.AddHostedService<SaysGoodbye>());

        await app.StopAsync();

        Assert.Contains(peer.AcceptedParts, part => part.Name == $"post.{SaysGoodbye.RunId}");
    }

    [Fact]
    public async Task StopAsync_PeerThatNeverAnswers_EndsWithTheShutdownTime()
    {
        await using var peer = await MockServer.StartAsync();
        var never = new TaskCompletionSource();
        peer.Answer = _ => new Reply(202, After: never.Task);
        await using var app = await Application.StartAsync(peer, _ => { }, configuration: ("Export:ShutdownTimeout", "00:00:00.05"));
        using (Traceable.StartRun("stuck"))
        {
        }

        await app.StopAsync();

        Assert.Equal(1, app.Services.GetRequiredService<LangSmithTracer>().Counters.Pending);
        never.SetResult();
    }

    [Fact]
    public async Task AddLangSmith_KeyAndClient_GoThroughTheApplicationsOwnParts()
    {
        await using var peer = await MockServer.StartAsync();
        peer.Answer = request => new Reply(request.Method == "GET" ? 404 : 202);
        await using var app = await Application.StartAsync(
            peer, _ => { }, services => services.AddHttpClient(LangSmithServiceCollectionExtensions.HttpClientName).AddHttpMessageHandler(() => new Stamp()),
            ("ApiKey", "a-key"));

        Assert.Null(await app.Services.GetRequiredService<LangSmithClient>().ReadRunAsync(Uuid7.NewGuid(), TestContext.Current.CancellationToken));

        var request = Assert.Single(peer.Requests);
        Assert.Equal("a-key", request.Header("x-api-key"));
        Assert.Equal("yes", request.Header("x-stamp"));
        Assert.Null(request.Header("traceparent"));
    }

    [Fact]
    public void AddLangSmith_SectionCodeAndEnvironment_CodeBeatsSectionBeatsEnvironment()
    {
        using var environment = EnvironmentVariables.Only(
            ("LANGSMITH_PROJECT", "environment"), ("LANGSMITH_WORKSPACE_ID", "environment"), ("LANGSMITH_TRACING", "true"));
        using var services = Services(
            services => services.AddLangSmith(options => options.ProjectName = "code"), ("ProjectName", "section"), ("Endpoint", "http://section"));

        var tracer = services.GetRequiredService<LangSmithTracer>();

        Assert.Equal("code", tracer.ProjectName);
        Assert.Equal(new Uri("http://section"), tracer.Endpoint);
        Assert.True(tracer.IsEnabled);
    }

    [Fact]
    public void AddLangSmith_Twice_IsOneTracerWithBothOptions()
    {
        using var services = Services(services => services
            .AddLangSmith(options => options.ProjectName = "first")
            .AddLangSmith(options => options.TracingEnabled = true));

        var tracer = Assert.Single(services.GetServices<LangSmithTracer>());
        Assert.True(tracer.IsEnabled);
        Assert.Equal("first", tracer.ProjectName);
        Assert.Single(services.GetServices<IHostedService>());
        Assert.Single(services.GetServices<LangSmithClient>());
    }

    [Fact]
    public void AddLangSmith_ClockAndLoggers_AreTheApplications()
    {
        var clock = new FakeTimeProvider();
        using var services = Services(services => services.AddLangSmith().AddSingleton<TimeProvider>(clock));

        var options = services.GetRequiredService<IOptions<LangSmithOptions>>().Value;

        Assert.Same(clock, options.Time);
        Assert.Same(services.GetRequiredService<ILoggerFactory>(), options.LoggerFactory);
        Assert.NotNull(options.HttpClient);
    }

    [Fact]
    public async Task StartAsync_UnreadableValue_StopsTheHostWithItsName()
    {
        await using var peer = await MockServer.StartAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Application.StartAsync(peer, _ => { }, configuration: ("SamplingRate", "often")));

        Assert.Contains("LangSmith:SamplingRate", error.Message);
    }

    [Fact]
    public async Task UseLangSmith_WithoutAddLangSmith_SaysWhatIsMissing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Contains("AddLangSmith", Assert.Throws<InvalidOperationException>(() => app.UseLangSmith()).Message);
    }

    private static ServiceProvider Services(Action<IServiceCollection> add, params (string Key, string Value)[] section)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(section.Select(pair => KeyValuePair.Create("LangSmith:" + pair.Key, (string?)pair.Value)))
            .Build());
        add(services);
        return services.BuildServiceProvider();
    }

    private sealed class SaysGoodbye : IHostedService
    {
        public static Guid RunId { get; } = Uuid7.NewGuid();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Traceable.StartRun("goodbye", new RunOptions { RunId = RunId }).Dispose();
            return Task.CompletedTask;
        }
    }

    private sealed class Stamp : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("x-stamp", "yes");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
