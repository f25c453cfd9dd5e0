using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>What is recorded of arguments and results.</summary>
public sealed class CaptureTests
{
    public static TheoryData<object?, string> Results => new()
    {
        { 5, """{"output":5}""" },
        { null, """{"output":null}""" },
        { new Dictionary<string, object?> { ["a"] = 1 }, """{"a":1}""" },
        { new Dictionary<string, object?>(), "{}" },
        { new Answer("because", 2), """{"Text":"because","Rank":2}""" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Invoke_Result_IsAnObjectAsItIsAndAnythingElseUnderOutput(object? result, string expected)
    {
        using var capture = RunCapture.Start();

        Traceable.Wrap(() => result, new TraceableOptions { Name = "run" }).Invoke();

        Assert.Equal(expected, capture.Single("run").Outputs!.ToJsonString());
    }

    [Fact]
    public void Invoke_MethodOfAnObject_RecordsParametersWithoutTheReceiver()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap<string, int[], string>(new Greeter("Hello").Greet);

        wrapped.Invoke("you", [1, 2]);

        Assert.Equal("""{"whom":"you","times":[1,2]}""", capture.Single("Greet").Inputs!.ToJsonString());
    }

    [Fact]
    public void ProcessInputs_ThatThrows_RecordsNothingOfTheArguments()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap(
            (string secret) => secret.Length,
            new TraceableOptions { Name = "run", ProcessInputs = _ => throw new InvalidOperationException("hush") });

        Assert.Equal(4, wrapped.Invoke("hush"));

        capture.AssertNothingLeaked("hush");
        Assert.Contains("ProcessInputs failed", capture.Single("run").Inputs!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", """{"input":"text"}""")]
    [InlineData(null, """{"input":null}""")]
    public void ProcessInputs_ThatReturnsNoObject_DoesNotStopTheCall(object? processed, string expected)
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap((string secret) => secret.Length, new TraceableOptions { Name = "run", ProcessInputs = _ => processed });

        Assert.Equal(4, wrapped.Invoke("hush"));

        Assert.Equal(expected, capture.Single("run").Inputs!.ToJsonString());
    }

    [Fact]
    public void ProcessInputs_AndRules_BothApplyTheRulesLast()
    {
        using var capture = RunCapture.Start(options => options.Redactions.Add(LangSmith.Redaction.RedactionRule.Function(text => text + "!")));
        var wrapped = Traceable.Wrap(
            (string text) => text,
            new TraceableOptions { Name = "run", ProcessInputs = inputs => new { upper = ((string)inputs["text"]!).ToUpperInvariant() } });

        Assert.Equal("hush", wrapped.Invoke("hush"));

        Assert.Equal("""{"upper":"HUSH!"}""", capture.Single("run").Inputs!.ToJsonString());
    }

    [Fact]
    public async Task Invoke_Cancelled_SaysSoWithItsStackAndStaysCancelled()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap<CancellationToken>(WaitAsync, new TraceableOptions { Name = "run" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await wrapped.Invoke(new CancellationToken(canceled: true)));

        var run = capture.Single("run");
        Assert.StartsWith("Cancelled: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(nameof(WaitAsync), run.Error, StringComparison.Ordinal);
        Assert.NotNull(run.EndTime);

        static async Task WaitAsync(CancellationToken cancellation)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public void Invoke_FileAmongTheArguments_IsAnAttachmentAndNoInput()
    {
        using var capture = RunCapture.Start();
        var wrapped = Traceable.Wrap((string question, RunAttachment image) => image.Content.Length, new TraceableOptions { Name = "run" });

        Assert.Equal(3, wrapped.Invoke("what is this?", new RunAttachment("picture", "image/png", new byte[] { 1, 2, 3 })));

        var run = capture.Single("run");
        Assert.Equal("""{"question":"what is this?"}""", run.Inputs!.ToJsonString());
        Assert.Equal(("picture", "image/png", 3), Assert.Single(run.Attachments.Select(file => (file.Name, file.MimeType, file.Content.Length))));
    }

    [Fact]
    public void Redactions_Function_SeesEachTextOnce()
    {
        using var capture = RunCapture.Start(options => options.Redactions.Add(LangSmith.Redaction.RedactionRule.Function(text => text + "!")));

        using (var run = Traceable.StartRun("run", new RunOptions { Metadata = new Dictionary<string, object?> { ["first"] = "a" } }))
        {
            Assert.Single(capture.Runs);
            run.AddMetadata("second", "b");
        }

        Assert.Equal("""{"first":"a!","second":"b!"}""", capture.Single("run").Metadata.ToJsonString());
    }

    [Fact]
    public void Redactions_OfWhatLeaves_LeaveTheRunItselfAsItIs()
    {
        using var capture = RunCapture.Start(options => options.Redactions.Add(LangSmith.Redaction.RedactionRule.Pattern("hush")));

        using var run = Traceable.StartRun("run", new RunOptions { Inputs = new { secret = "hush" } });
        run.End();

        Assert.Equal("""{"secret":"[redacted]"}""", capture.Single("run").Inputs!.ToJsonString());
        Assert.Equal("""{"secret":"hush"}""", System.Text.Encoding.UTF8.GetString(run.Inputs.Span));
    }

    [Fact]
    public void SetUsage_TokensAndCosts_AreTheMetadataThatServersCount()
    {
        using var capture = RunCapture.Start();

        using (var run = Traceable.StartRun("run", new RunOptions { RunType = "llm" }))
        {
            run.SetUsage(new RunUsage
            {
                InputTokens = 10,
                OutputTokens = 5,
                InputTokenDetails = new Dictionary<string, long> { ["cache_read"] = 4 },
                InputCost = 0.001m,
                OutputCost = 0.002m,
            });
        }

        Assert.Equal(
            """{"input_tokens":10,"output_tokens":5,"total_tokens":15,"input_token_details":{"cache_read":4},"input_cost":0.001,"output_cost":0.002,"total_cost":0.003}""",
            capture.Single("run").Metadata["usage_metadata"]!.ToJsonString());
    }

    [Fact]
    public void ReferenceExampleId_OfARun_IsOnItAndNotBelow()
    {
        using var capture = RunCapture.Start();
        var example = Uuid7.NewGuid();

        using (Traceable.StartRun("outer", new RunOptions { ReferenceExampleId = example }))
        using (Traceable.StartRun("inner"))
        {
        }

        Assert.Equal((example, null), (capture.Single("outer").ReferenceExampleId, capture.Single("inner").ReferenceExampleId));
    }

    [Fact]
    public void AddMetadata_OfTheEnvironment_IsNotDoneByItself()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("run"))
        {
        }

        Assert.Empty(capture.Single("run").Metadata);
    }

    private sealed record Answer(string Text, int Rank);

    private sealed class Greeter(string greeting)
    {
        public string Greet(string whom, params int[] times) => $"{greeting} {whom} {times.Length}";
    }
}
