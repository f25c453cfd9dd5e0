using LangSmith.Sdk.Tests.Wire;
using LangSmith.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>A trace that goes on in another process.</summary>
public sealed class HeaderTests
{
    private const string Trace = "20261122T145254564001Z01a203be-ef97-7411-8f3a-319c3bd21459";

    [Fact]
    public void ContinueFrom_ToHeaders_IsOneTrace()
    {
        using var capture = RunCapture.Start();
        IReadOnlyDictionary<string, string> headers;
        using (Traceable.StartRun("caller", new RunOptions
        {
            ProjectName = "dist proj",
            Tags = ["c"],
            Metadata = new Dictionary<string, object?> { ["user id"] = "ü", ["n"] = 1 },
        }))
        {
            headers = Traceable.Current!.ToHeaders();
        }

        using (Traceable.ContinueFrom(headers.Select(header => KeyValuePair.Create(header.Key.ToUpperInvariant(), (string?)header.Value))))
        using (Traceable.StartRun("callee"))
        {
        }

        var (caller, callee) = (capture.Single("caller"), capture.Single("callee"));
        Assert.Equal((caller.Id, caller.TraceId), (callee.ParentRunId!.Value, callee.TraceId));
        Assert.StartsWith(caller.DottedOrder + ".", callee.DottedOrder, StringComparison.Ordinal);
        Assert.Equal("dist proj", callee.ProjectName);
        Assert.Equal(["c"], callee.Tags);
        Assert.Equal("ü", (string?)callee.Metadata["user id"]);
        Assert.Equal(1, (int?)callee.Metadata["n"]);
    }

    [Fact]
    public void ToHeaders_Baggage_IsEncodedAsTheOfficialClientsDo()
    {
        using var capture = RunCapture.Start();
        using var run = Traceable.StartRun("run", new RunOptions
        {
            ProjectName = "dist proj",
            Tags = ["x", "y"],
            Metadata = new Dictionary<string, object?> { ["a"] = "b c" },
        });

        var headers = run.ToHeaders();

        Assert.Equal(run.DottedOrder, headers["langsmith-trace"]);
        Assert.Equal("langsmith-metadata=%7B%22a%22%3A%22b%20c%22%7D,langsmith-tags=x%2Cy,langsmith-project=dist%20proj", headers["baggage"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("20261124T000000000000Znot-a-uuid")]
    [InlineData("")]
    public void ContinueFrom_MalformedHeader_BeginsATraceOfItsOwn(string trace)
    {
        var log = new FakeLogCollector();
        using var capture = RunCapture.Start(options => options.LoggerFactory = new LoggerFactory([new FakeLoggerProvider(log)]));

        using (Traceable.ContinueFrom([KeyValuePair.Create("langsmith-trace", (string?)trace), KeyValuePair.Create("baggage", (string?)"langsmith-metadata=%7B")]))
        using (Traceable.StartRun("run"))
        {
        }

        Assert.Null(capture.Single("run").ParentRunId);
        Assert.Equal(trace.Length > 0, log.GetSnapshot().Any(record => record is { Id.Id: 1011, Level: LogLevel.Warning }));
    }

    [Fact]
    public void ContinueFrom_BaggageOfOthers_IsLeftAlone()
    {
        using var capture = RunCapture.Start();
        using (Traceable.ContinueFrom(
        [
            KeyValuePair.Create("langsmith-trace", (string?)Trace),
            KeyValuePair.Create("baggage", (string?)"userId=alice,langsmith-tags=a;property=1,langsmith-project=dist%20proj,=broken"),
        ]))
        using (Traceable.StartRun("run"))
        {
        }

        var run = capture.Single("run");
        Assert.Equal(Guid.Parse("01a203be-ef97-7411-8f3a-319c3bd21459"), run.ParentRunId);
        Assert.Equal(["a"], run.Tags);
        Assert.Equal("dist proj", run.ProjectName);
    }

    [Theory]
    [InlineData("py-distributed-headers")]
    [InlineData("js-distributed-headers")]
    public void Headers_OfARecordedTrace_AreWrittenAndReadAsTheOfficialClientDoes(string recording)
    {
        using var capture = RunCapture.Start(seeded: false);
        var runs = WireRun.InRecording(recording);
        var (caller, callee) = (runs.Single(run => (string?)run.Main["name"] == "svc-a"), runs.First(run => (string?)run.Main["name"] == "svc-b"));
        var metadata = caller.Parts["extra"]!["metadata"]!.AsObject();

        using var own = Traceable.StartRun("svc-a", new RunOptions
        {
            RunId = caller.Id,
            StartTime = (DateTimeOffset)caller.Main["start_time"]!,
            ProjectName = (string?)caller.Main["session_name"],
            Tags = [.. caller.Main["tags"]!.AsArray().Select(tag => (string)tag!)],
            Metadata = new Dictionary<string, object?> { ["user"] = (string?)metadata["user"], ["n"] = (int?)metadata["n"] },
        });
        var headers = own.ToHeaders();

        Assert.Equal((string?)caller.Main["dotted_order"], headers["langsmith-trace"]);
        Assert.Equal(
            "langsmith-metadata=%7B%22user%22%3A%22%C3%BC%2C%3D%3Bx%22%2C%22n%22%3A1%7D,langsmith-tags=a%2Cb%2Cc,langsmith-project=dist%20proj",
            headers["baggage"]);
        using (Traceable.ContinueFrom(headers))
        using (var below = Traceable.StartRun("svc-b", new RunOptions { RunId = callee.Id, StartTime = (DateTimeOffset)callee.Main["start_time"]! }))
        {
            Assert.Equal((string?)callee.Main["dotted_order"], below.DottedOrder);
            Assert.Equal((string?)callee.Main["session_name"], below.ProjectName);
            Assert.Equal((Guid?)callee.Main["parent_run_id"], below.ParentRunId);
            Assert.Equal((string?)callee.Parts["extra"]!["metadata"]!["user"], (string?)below.Metadata["user"]);
        }
    }

    [Fact]
    public void ContinueFrom_BlanksAroundItems_DoNotMatter()
    {
        using var capture = RunCapture.Start();

        using (Continue("langsmith-trace", Trace, "baggage", "userId = alice , langsmith-tags = a%2Cb ;p=1 , broken , langsmith-project = mine"))
        using (Traceable.StartRun("run"))
        {
        }

        Assert.Equal(["a", "b"], capture.Single("run").Tags);
        Assert.Equal("mine", capture.Single("run").ProjectName);
    }

    [Fact]
    public void ContinueFrom_ReplicasOfTheCaller_AreNotTaken()
    {
        using var capture = RunCapture.Start();
        var replicas = Uri.EscapeDataString("""[{"api_url":"http://evil","api_key":"k","project_name":"p","updates":{"reroot":true}}]""");

        using (Continue("langsmith-trace", Trace, "baggage", $"langsmith-replicas={replicas},langsmith-tags=a"))
        using (Traceable.StartRun("run"))
        {
        }

        Assert.Equal(("tests", "a"), (capture.Single("run").ProjectName, Assert.Single(capture.Single("run").Tags)));
        Assert.Empty(capture.Tracer.Settings.RunsEndpoints);
    }

    [Fact]
    public void FromHeaders_CallersRun_IsAParentAndNeverSentItself()
    {
        using var capture = RunCapture.Start();
        var caller = RunTree.FromHeaders([KeyValuePair.Create("langsmith-trace", (string?)Trace)])!;

        caller.Post();
        caller.AddTag("t");
        caller.End(1);
        using (Traceable.StartRun("below", new RunOptions { Parent = caller }))
        {
        }

        Assert.Equal(["below"], capture.Runs.Select(run => run.Name));
        Assert.Equal(caller.Id, capture.Single("below").ParentRunId);
    }

    [Fact]
    public void ContinueFrom_CallerWithoutAProject_LeavesTheChoiceHere()
    {
        using var capture = RunCapture.Start();

        using (Continue("langsmith-trace", Trace))
        using (Traceable.StartRun("run", new RunOptions { ProjectName = "chosen here" }))
        {
        }

        Assert.Equal("chosen here", capture.Single("run").ProjectName);
    }

    [Fact]
    public void ToHeaders_OfASampledOutTrace_KeepTheNextProcessFromRecordingTheRest()
    {
        IReadOnlyDictionary<string, string> headers;
        using (RunCapture.Start(options => options.SamplingRate = 0))
        using (Traceable.StartRun("caller"))
        {
            headers = Traceable.StartRun("below").ToHeaders();
        }

        using var capture = RunCapture.Start();
        using (Traceable.ContinueFrom(headers))
        using (Traceable.StartRun("callee"))
        {
        }

        // Clients that do not know our note see no trace to go on with.
        Assert.Equal(["baggage"], headers.Keys);
        Assert.Empty(capture.Runs);
    }

    [Fact]
    public void ContinueFrom_TraceThatIsSampledOutHere_RecordsNothing()
    {
        using var capture = RunCapture.Start(options => options.SamplingRate = 0);

        using (Continue("langsmith-trace", Trace))
        using (Traceable.StartRun("callee"))
        {
        }

        Assert.Empty(capture.Runs);
    }

    [Fact]
    public void ContinueFrom_HeadersOfAnyKind_AreRead()
    {
        using var capture = RunCapture.Start();
        using var request = new HttpRequestMessage();
        request.Headers.Add("langsmith-trace", Trace);
        request.Headers.Add("baggage", ["a=b", "langsmith-tags=http"]);
        var message = new Dictionary<string, object?> { ["other"] = 1, ["langsmith-trace"] = System.Text.Encoding.UTF8.GetBytes(Trace), ["baggage"] = null };

        using (Traceable.ContinueFrom(request.Headers))
        using (Traceable.StartRun("by http"))
        {
        }

        using (Traceable.ContinueFrom(message))
        using (Traceable.StartRun("by message"))
        {
        }

        Assert.All(capture.Runs, run => Assert.Equal(Guid.Parse(Trace[^36..]), run.ParentRunId));
        Assert.Equal(["http"], capture.Single("by http").Tags);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "2")]
    [InlineData("""{"a":"\ud800"}""", null)]
    [InlineData("""{"\ud800":1}""", null)]
    public void ContinueFrom_MetadataThatIsOdd_NeverFailsTheCall(string metadata, string? expected)
    {
        using var capture = RunCapture.Start();

        using (Continue("langsmith-trace", Trace, "baggage", "langsmith-metadata=" + Uri.EscapeDataString(metadata)))
        using (Traceable.StartRun("run"))
        {
        }

        Assert.Equal(Guid.Parse(Trace[^36..]), capture.Single("run").ParentRunId);
        Assert.Equal(expected, capture.Single("run").Metadata["a"]?.ToJsonString());
    }

    private static IDisposable Continue(params string[] namesAndValues) =>
        Traceable.ContinueFrom(namesAndValues.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
}
