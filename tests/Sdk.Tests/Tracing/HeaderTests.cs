using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>A trace that goes on in another process.</summary>
public sealed class HeaderTests
{
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
        using var capture = RunCapture.Start();

        using (Traceable.ContinueFrom([KeyValuePair.Create("langsmith-trace", (string?)trace), KeyValuePair.Create("baggage", (string?)"langsmith-metadata=%7B")]))
        using (Traceable.StartRun("run"))
        {
        }

        Assert.Null(capture.Single("run").ParentRunId);
    }

    [Fact]
    public void ContinueFrom_BaggageOfOthers_IsLeftAlone()
    {
        using var capture = RunCapture.Start();
        const string Trace = "20261122T145254564001Z01a203be-ef97-7411-8f3a-319c3bd21459";

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
}
