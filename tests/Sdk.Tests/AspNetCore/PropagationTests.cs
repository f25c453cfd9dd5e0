using System.Diagnostics;
using System.Net.Http.Json;
using LangSmith.AspNetCore;
using LangSmith.Sdk.Tests.Configuration;
using LangSmith.Sdk.Tests.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LangSmith.Sdk.Tests.AspNetCore;

/// <summary>Alone, as a host that starts replaces the process's own tracer.</summary>
[Collection(nameof(EnvironmentVariables))]
public sealed class PropagationTests : IDisposable
{
    private const string Dotted = "20260102T030405678901Z0190a0b0-c0d0-7123-8456-789abcdef012.20260102T030406678901Z0190a0b0-c4b8-7123-8456-789abcdef013";

    private readonly IDisposable _environment = EnvironmentVariables.Only();
    private readonly LangSmithTracer _before = LangSmithTracer.Default;

    public void Dispose()
    {
        LangSmithTracer.Default = _before;
        _environment.Dispose();
    }

    [Fact]
    public async Task Call_FromOneApplicationToAnother_IsOneTraceInItsOrder()
    {
        await using var peer = await MockServer.StartAsync();
        await using var inner = await Application.StartAsync(peer, Works);
        await using var outer = await Application.StartAsync(
            peer,
            app => app.MapGet("/", async (IHttpClientFactory clients) =>
            {
                using var run = app.Services.GetRequiredService<LangSmithTracer>().StartRun("outer");
                return await clients.CreateClient("inner").GetStringAsync(new Uri(inner.Client.BaseAddress!, "/work"));
            }),
            services => services.AddHttpClient("inner").AddLangSmithPropagation("127.0.0.1"));

        await outer.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        await outer.StopAsync();
        await inner.StopAsync();

        var runs = peer.AcceptedParts.Where(part => part.Name.StartsWith("post.", StringComparison.Ordinal) && part.Name.Count(c => c == '.') == 1)
            .Select(part => part.Json).ToDictionary(run => run.GetProperty("name").GetString()!);
        var parent = runs["outer"];
        var child = runs["work"];
        Assert.Equal(parent.GetProperty("id").GetGuid(), child.GetProperty("parent_run_id").GetGuid());
        Assert.Equal(parent.GetProperty("id").GetGuid(), child.GetProperty("trace_id").GetGuid());
        Assert.StartsWith(parent.GetProperty("dotted_order").GetString() + ".", child.GetProperty("dotted_order").GetString());
    }

    [Fact]
    public async Task Request_WithTrace_RunsAreBelowItAndBaggageIsNotBelieved()
    {
        var seen = await SeenAsync(null, ("langsmith-trace", Dotted), ("baggage", "langsmith-project=theirs,langsmith-tags=a"));

        Assert.Equal("0190a0b0-c4b8-7123-8456-789abcdef013", seen.ParentId);
        Assert.Equal("0190a0b0-c0d0-7123-8456-789abcdef012", seen.TraceId);
        Assert.Equal("web", seen.Project);
        Assert.Empty(seen.Tags);
    }

    [Fact]
    public async Task Request_WithTraceAndTrust_TakesProjectAndTags()
    {
        var seen = await SeenAsync(options => options.TrustBaggage = true, ("langsmith-trace", Dotted), ("baggage", "langsmith-project=theirs,langsmith-tags=a%2Cb"));

        Assert.Equal("theirs", seen.Project);
        Assert.Equal(["a", "b"], seen.Tags);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("20260102T030405678901Zno-id")]
    public async Task Request_WithMalformedTrace_IsAnsweredAndBeginsItsOwn(string trace) =>
        Assert.Null((await SeenAsync(null, ("langsmith-trace", trace))).ParentId);

    [Fact]
    public async Task Request_NotAccepted_BeginsItsOwn() =>
        Assert.Null((await SeenAsync(options => options.Accepts = context => context.Request.Headers.ContainsKey("x-ours"), ("langsmith-trace", Dotted))).ParentId);

    [Fact]
    public async Task Request_AfterAnotherWithTrace_HasNoParent()
    {
        await using var peer = await MockServer.StartAsync();
        await using var app = await Application.StartAsync(peer, Works);

        Assert.NotNull((await AskAsync(app, ("langsmith-trace", Dotted))).ParentId);
        Assert.Null((await AskAsync(app)).ParentId);
    }

    [Theory]
    [InlineData("http://orders.internal/x", true, "orders.internal")]
    [InlineData("http://ORDERS.internal/x", true, "orders.internal")]
    [InlineData("http://evil-orders.internal/x", false, "orders.internal")]
    [InlineData("http://a.b.internal/x", true, "*.internal")]
    [InlineData("http://internal/x", false, "*.internal")]
    [InlineData("http://notinternal/x", false, "*.internal")]
    [InlineData("http://api.openai.com/x", false, "orders.internal", "*.internal")]
    [InlineData("http://anywhere/x", true)]
    public async Task Handler_Hosts_DecideWhoGetsTheHeaders(string address, bool expected, params string[] hosts)
    {
        var request = await SentAsync(new Uri(address), hosts, _ => { });

        Assert.Equal(expected, request.Headers.Contains("langsmith-trace"));
        Assert.Equal(expected, request.Headers.Contains("baggage"));
    }

    [Fact]
    public async Task Handler_HeaderSetByTheCaller_Stays()
    {
        var request = await SentAsync(new Uri("http://a"), [], request => request.Headers.Add("langsmith-trace", Dotted));

        Assert.Equal([Dotted], request.Headers.GetValues("langsmith-trace"));
        Assert.False(request.Headers.Contains("baggage"));
    }

    [Fact]
    public async Task Handler_BaggageOfTheCaller_IsKeptBesideOurs()
    {
        var request = await SentAsync(new Uri("http://a"), [], request => request.Headers.Add("baggage", "tenant=acme"));

        Assert.Equal(["tenant=acme,langsmith-project=p"], request.Headers.GetValues("baggage"));
    }

    [Fact]
    public async Task Handler_BaggageOfTheActivity_IsKeptBesideOurs()
    {
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("tenant", "acme").Start();

        var request = await SentAsync(new Uri("http://a"), [], _ => { });

        var items = Assert.Single(request.Headers.GetValues("baggage")).Split(',');
        Assert.Equal("langsmith-project=p", items[^1]);
        Assert.Contains("tenant", items[0]);
    }

    [Fact]
    public async Task Handler_OutsideARun_AddsNothing()
    {
        using var invoker = new HttpMessageInvoker(new LangSmithPropagationHandler { InnerHandler = new Answers() });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://a");

        await invoker.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Empty(request.Headers);
    }

    private static void Works(WebApplication app)
    {
        app.UseLangSmith();
        app.MapGet("/work", Seen);
    }

    private static Surroundings Seen()
    {
        using var run = Traceable.StartRun("work");
        return new Surroundings(run.ParentRunId?.ToString(), run.TraceId.ToString(), run.ProjectName, [.. run.Tags]);
    }

    private static async Task<Surroundings> SeenAsync(Action<LangSmithPropagationOptions>? configure, params (string Name, string Value)[] headers)
    {
        await using var peer = await MockServer.StartAsync();
        await using var app = await Application.StartAsync(peer, app =>
        {
            app.UseLangSmith(configure);
            app.MapGet("/work", Seen);
        });
        return await AskAsync(app, headers);
    }

    private static async Task<Surroundings> AskAsync(Application app, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/work");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Surroundings>(TestContext.Current.CancellationToken))!;
    }

    private static async Task<HttpRequestMessage> SentAsync(Uri address, string[] hosts, Action<HttpRequestMessage> prepare)
    {
        await using var peer = await MockServer.StartAsync();
        await using var tracer = new LangSmithTracer(new LangSmithOptions { TracingEnabled = true, Endpoint = peer.Url, ProjectName = "p" });
        using var run = tracer.StartRun("caller");
        using var invoker = new HttpMessageInvoker(new LangSmithPropagationHandler(hosts) { InnerHandler = new Answers() });
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        prepare(request);
        await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        return request;
    }

    private sealed record Surroundings(string? ParentId, string TraceId, string? Project, string[] Tags);

    private sealed class Answers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage());
    }
}
