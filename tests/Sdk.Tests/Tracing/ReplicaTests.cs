using System.Text;
using LangSmith.Sdk.Tests.Export;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>Several servers, each with its own key.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private const string MainKey = "lsv2_pt_main_0123456789";
    private const string CopyKey = "lsv2_pt_copy_0123456789";

    private MockServer _main = null!;
    private MockServer _copy = null!;

    public async ValueTask InitializeAsync() => (_main, _copy) = (await MockServer.StartAsync(), await MockServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _main.DisposeAsync();
        await _copy.DisposeAsync();
    }

    [Fact]
    public async Task Copies_Keys_AreEachForTheirOwnServerAndInNoBody()
    {
        _main.Info = _copy.Info = new Reply(200, Body: """{"version":"0.18.2"}""");
        await using var tracer = Tracer();
        Run(tracer);

        await Some.FlushedAsync(tracer);

        Assert.All([(_main, MainKey), (_copy, CopyKey)], pair => Assert.All(pair.Item1.Requests, request => Assert.Equal(pair.Item2, request.Header("x-api-key"))));
        Assert.All(_main.Requests.Concat(_copy.Requests), request => Assert.DoesNotContain("lsv2_pt", Encoding.UTF8.GetString(request.Body)));
        Assert.NotEmpty(_main.Requests);
        Assert.NotEmpty(_copy.Requests);
    }

    [Fact]
    public async Task Copy_InTheSameProject_HasTheSameIds()
    {
        await using var tracer = Tracer();
        Run(tracer);

        await Some.FlushedAsync(tracer);

        Assert.Equal(_main.Requests.SelectMany(request => request.Operations), _copy.Requests.SelectMany(request => request.Operations));
    }

    [Theory]
    [InlineData("0193a000-0000-7000-8000-0000000000aa")]
    [InlineData("8f14e45f-ceea-467f-9c5e-1d1b2f6f7a01")]
    public async Task Copy_InAnotherProject_IsOneTraceUnderIdsThatFollowFromTheOriginals(string text)
    {
        var root = Guid.Parse(text);
        await using var tracer = Tracer("elsewhere");
        var (child, id) = (default(RunTree), default(Guid));
        using (var run = tracer.StartRun("root", new RunOptions { RunId = root }))
        {
            using (child = tracer.StartRun("child", new RunOptions { ReferenceExampleId = Uuid7.NewGuid() }))
            {
                await Some.FlushedAsync(tracer);
            }
        }

        await Some.FlushedAsync(tracer);

        var mains = _copy.AcceptedParts.Where(part => part.Name.Count(letter => letter == '.') == 1).Select(part => part.Json).ToArray();
        id = mains[0].GetProperty("id").GetGuid();
        Assert.Equal(["post", "post", "patch", "patch"], _copy.Requests.SelectMany(request => request.Operations).Select(operation => operation.Kind));
        Assert.NotEqual(root, id);
        Assert.True(Uuid7.IsVersion7(id));
        Assert.All(mains, run => Assert.Equal((id, "elsewhere"), (run.GetProperty("trace_id").GetGuid(), run.GetProperty("session_name").GetString())));
        // Creation and update of a run, and what is below it, agree.
        Assert.Equal(2, mains.Select(run => run.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.All(
            mains.Where(run => run.TryGetProperty("parent_run_id", out _)),
            run => Assert.StartsWith(mains[0].GetProperty("dotted_order").GetString() + ".", run.GetProperty("dotted_order").GetString()));
        Assert.All(mains, run => Assert.False(run.TryGetProperty("reference_example_id", out _)));
        if (Uuid7.IsVersion7(root))
        {
            Assert.Equal(Uuid7.Derive(root, "elsewhere"), id);
            Assert.Equal(Uuid7.Derive(child!.Id, "elsewhere"), mains[1].GetProperty("id").GetGuid());
        }
    }

    [Fact]
    public async Task OneServerFails_TheOtherHasEverythingAndOnlyItsBodiesWait()
    {
        var folder = Directory.CreateTempSubdirectory("langsmith-spill-").FullName;
        try
        {
            _copy.Answer = _ => new Reply(503);
            await using var tracer = Tracer(null, options =>
            {
                options.Export.RetryFor = TimeSpan.Zero;
                options.Export.SpillDirectory = folder;
            });
            Run(tracer);

            await Some.FlushedAsync(tracer);

            Assert.Equal((1, 0), (tracer.Counters.Delivered, tracer.Counters.Dropped));
            Assert.Empty(Directory.GetFiles(folder));
            var file = Assert.Single(Directory.GetFiles(folder, "*.spill", SearchOption.AllDirectories));
            Assert.Contains($"127.0.0.1_{_copy.Url.Port}", file);
            Assert.DoesNotContain("lsv2_pt", file + File.ReadAllText(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task SpilledBodies_OfTwoServersOnOneHost_AreNotMixed()
    {
        var folder = Directory.CreateTempSubdirectory("langsmith-spill-").FullName;
        try
        {
            await using var third = await MockServer.StartAsync();
            _copy.Answer = _ => new Reply(503);
            await using var tracer = Tracer(null, options =>
            {
                options.RunsEndpoints = [.. options.RunsEndpoints!, new RunsEndpoint(third.Url, null, null)];
                options.Export.RetryFor = TimeSpan.Zero;
                options.Export.SpillDirectory = folder;
            });
            Run(tracer);
            await Some.FlushedAsync(tracer);
            Run(tracer);
            await Some.FlushedAsync(tracer);

            Assert.Equal(2, third.Requests.Count);
            Assert.Equal(2, _main.Requests.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task ToHeaders_WithCopies_SayNothingOfThem()
    {
        await using var tracer = Tracer("elsewhere");
        using var run = tracer.StartRun("run");

        var headers = string.Join('\n', run.ToHeaders().Select(header => $"{header.Key}: {header.Value}"));

        Assert.DoesNotContain("elsewhere", headers);
        Assert.DoesNotContain("replicas", headers);
        Assert.DoesNotContain("lsv2_pt", headers);
    }

    [Fact]
    public void ToString_OfAnEndpoint_LeavesItsKeyOut() =>
        Assert.DoesNotContain("lsv2_pt", new RunsEndpoint(new Uri("http://a"), CopyKey, "p").ToString());

    private static void Run(LangSmithTracer tracer)
    {
        using var run = tracer.StartRun("run", new RunOptions { Inputs = new { a = 1 }, Metadata = new Dictionary<string, object?> { ["m"] = 1 } });
        run.End(new { b = 2 });
    }

    private LangSmithTracer Tracer(string? project = null, Action<LangSmithOptions>? change = null) => Some.Tracer(_main, options =>
    {
        options.ApiKey = MainKey;
        options.RunsEndpoints = [new RunsEndpoint(_copy.Url, CopyKey, project)];
        change?.Invoke(options);
    });
}
