using System.Diagnostics;
using LangSmith;
using OpenTelemetry.Trace;

namespace Clients.Tests.DotNet;

/// <summary>Spans of the real OpenTelemetry SDK as runs of the server as it is.</summary>
public sealed class OpenTelemetryTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Span_WithAChosenRunId_IsThatRunAndItsChildrenAreBelow()
    {
        const string Name = nameof(Span_WithAChosenRunId_IsThatRunAndItsChildrenAreBelow);
        var (root, leaf) = (Uuid7.NewGuid(), Uuid7.NewGuid());
        using var source = new ActivitySource(Name);
        using (var provider = Provider(source, Name))
        {
            using (var answer = source.StartActivity("answer"))
            {
                using var search = source.StartActivity("search");
                using var fetch = source.StartActivity("fetch")!.SetLangSmithRunId(leaf);
                // Chosen late, and still found by those below.
                answer!.SetLangSmithRunId(root);
            }

            Assert.True(provider.ForceFlush());
        }

        await using var client = new LangSmithClient(server.Options(Name));
        var top = await client.WaitForRunAsync(root, cancellationToken: s_token);
        var last = await client.WaitForRunAsync(leaf, cancellationToken: s_token);
        var middle = await client.WaitForRunAsync(last.ParentRunId!.Value, cancellationToken: s_token);
        Assert.Equal(("answer", "search", "fetch"), (top.Name, middle.Name, last.Name));
        Assert.Equal((null, root), (top.ParentRunId, middle.ParentRunId));
        Assert.Equal((root, root, root), (top.TraceId, middle.TraceId, last.TraceId));
    }

    [Fact]
    public async Task Span_UnderARun_IsBelowItInItsTrace()
    {
        const string Name = nameof(Span_UnderARun_IsBelowItInItsTrace);
        var (outer, inner) = (Uuid7.NewGuid(), Uuid7.NewGuid());
        await using var tracer = new LangSmithTracer(server.Options(Name));
        using var source = new ActivitySource(Name);
        using (var provider = Provider(source, Name))
        {
            using (tracer.StartRun("parent"))
            using (var run = tracer.StartRun("run", new RunOptions { RunId = Uuid7.NewGuid() }))
            using (source.StartActivity("outer")!.SetLangSmithRunId(outer))
            using (source.StartActivity("inner")!.SetLangSmithRunId(inner))
            {
                Assert.NotEqual(run.TraceId, run.Id);
            }

            Assert.True(await tracer.FlushAsync(TimeSpan.FromSeconds(20), s_token));
            Assert.True(provider.ForceFlush());
        }

        await using var client = new LangSmithClient(server.Options(Name));
        var first = await client.WaitForRunAsync(outer, cancellationToken: s_token);
        var second = await client.WaitForRunAsync(inner, cancellationToken: s_token);
        var above = await client.WaitForRunAsync(first.ParentRunId!.Value, cancellationToken: s_token);
        Assert.Equal(("run", outer), (above.Name, second.ParentRunId));
        Assert.Equal((above.TraceId, above.TraceId), (first.TraceId, second.TraceId));
    }

    private TracerProvider Provider(ActivitySource source, string project) => OpenTelemetry.Sdk.CreateTracerProviderBuilder()
        .AddSource(source.Name)
        .AddLangSmithExporter(options => (options.Endpoint, options.ProjectName, options.RunsEndpoints) = (server.Url, project, []))
        .Build();
}
