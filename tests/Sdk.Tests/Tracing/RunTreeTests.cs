using System.Globalization;
using System.Text;
using LangSmith.Redaction;
using LangSmith.Testing;

namespace LangSmith.Sdk.Tests.Tracing;

/// <summary>What a run keeps of what it is given.</summary>
public sealed class RunTreeTests
{
    [Fact]
    public void SetInputs_ChangedAfterwards_KeepsWhatItWas()
    {
        using var capture = RunCapture.Start();
        var inputs = new Dictionary<string, object?> { ["list"] = new List<int> { 1, 2 } };

        using (var run = Traceable.StartRun("run", new RunOptions { Inputs = inputs }))
        {
            ((List<int>)inputs["list"]!).Add(3);
            inputs["more"] = 1;
            run.End();
        }

        Assert.Equal("""{"list":[1,2]}""", capture.Single("run").Inputs!.ToJsonString());
    }

    [Theory]
    [InlineData("text", """{"output":"text"}""")]
    [InlineData(7, """{"output":7}""")]
    [InlineData(double.NaN, """{"output":"NaN"}""")]
    [InlineData(new[] { 1, 2 }, """{"output":[1,2]}""")]
    public void End_ValueThatIsNoObject_IsUnderOutput(object output, string expected)
    {
        using var capture = RunCapture.Start();

        using (var run = Traceable.StartRun("run"))
        {
            run.End(output);
        }

        Assert.Equal(expected, capture.Single("run").Outputs!.ToJsonString());
    }

    [Fact]
    public void End_ValueThatCannotBeWritten_SaysSo()
    {
        using var capture = RunCapture.Start();

        using (var run = Traceable.StartRun("run"))
        {
            run.End(new Dictionary<string, object?> { ["good"] = 1, ["bad"] = new Broken(), ["cycle"] = new Cycle() });
        }

        var outputs = capture.Single("run").Outputs!;
        Assert.Equal(1, (int?)outputs["good"]);
        Assert.Contains("not serializable", outputs["bad"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(outputs["cycle"]);
    }

    [Fact]
    public void Fail_InAFilter_RecordsTheWholeErrorAndLetsItThrough()
    {
        using var capture = RunCapture.Start();

        var thrown = Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using var run = Traceable.StartRun("run");
            try
            {
                throw new InvalidOperationException("boom", new FormatException("inner"));
            }
            catch (Exception exception) when (run.Fail(exception))
            {
                throw;
            }
        }));

        var error = capture.Single("run").Error!;
        Assert.Equal("boom", thrown.Message);
        Assert.Contains("InvalidOperationException: boom", error, StringComparison.Ordinal);
        Assert.Contains("FormatException: inner", error, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail_InAFilter_RecordsTheWholeErrorAndLetsItThrough), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TagsMetadataEventsFiles_AreOnTheRun()
    {
        using var capture = RunCapture.Start();

        using (var run = Traceable.StartRun("run"))
        {
            run.AddTags("a", "b", "a");
            run.AddMetadata("list", new[] { 1 });
            run.AddEvent("started", new { attempt = 1 });
            run.Attach("note.txt", "text/plain", Encoding.UTF8.GetBytes("hello"));
            using var stream = new MemoryStream([1, 2, 3]);
            run.Attach("data", "application/octet-stream", stream);
            run.AttachFile("secret", "text/plain", Path.GetTempFileName());
        }

        var captured = capture.Single("run");
        Assert.Equal(["a", "b"], captured.Tags);
        Assert.Equal("[1]", captured.Metadata["list"]!.ToJsonString());
        Assert.Equal("started", (string?)captured.Events[0]!["name"]);
        Assert.Equal(1, (int?)captured.Events[0]!["kwargs"]!["attempt"]);
        // Files by name are off unless they are allowed.
        Assert.Equal([("note_txt", 5), ("data", 3)], captured.Attachments.Select(file => (file.Name, file.Content.Length)));
    }

    [Fact]
    public void AddFeedback_DuringTheRun_IsQueuedForIt()
    {
        using var capture = RunCapture.Start();
        Guid id;

        using (var run = Traceable.StartRun("run"))
        {
            id = run.AddFeedback("user_score", 1, comment: "good");
        }

        var feedback = Assert.Single(capture.Feedback);
        Assert.Equal((id, capture.Single("run").Id, "user_score"), (feedback.Id, feedback.RunId, feedback.Key));
        Assert.Equal("good", (string?)feedback.Body["comment"]);
    }

    [Fact]
    public void OnEnd_ThatThrows_DoesNotReachTheCaller()
    {
        using var capture = RunCapture.Start();
        var seen = "";

        using (Traceable.StartRun("run", new RunOptions
        {
            OnEnd = run =>
            {
                seen = run.Name;
                throw new InvalidOperationException("callback");
            },
        }))
        {
        }

        Assert.Equal("run", seen);
        Assert.NotNull(capture.Single("run").EndTime);
    }

    [Fact]
    public void Redactions_EverythingThatLeaves_IsClean()
    {
        const string Secret = "4111-1111-1111-1111";
        using var capture = RunCapture.Start(options => options.Redactions.Add(RedactionRule.Pattern(@"\d{4}-\d{4}-\d{4}-\d{4}")));

        using (var run = Traceable.StartRun("run", new RunOptions { Inputs = new { card = Secret, nested = new[] { new { Secret } } } }))
        {
            run.AddTag(Secret);
            run.AddMetadata("card", Secret);
            run.AddEvent("seen", new { Secret });
            run.Attach(Secret, "text/plain", default(ReadOnlyMemory<byte>));
            run.SetOutputs(Secret);
            run.Fail($"card {Secret} was refused");
        }

        capture.AssertNothingLeaked(Secret);
        Assert.Equal("card [redacted] was refused", capture.Single("run").Error);
    }

    [Fact]
    public void Redactions_RuleThatThrows_LetsNothingThrough()
    {
        using var capture = RunCapture.Start(options => options.Redactions.Add(RedactionRule.Function(_ => throw new InvalidOperationException())));

        using (Traceable.StartRun("run", new RunOptions { Inputs = new { secret = "hush" } }))
        {
        }

        capture.AssertNothingLeaked("hush");
    }

    [Fact]
    public void AssertNothingLeaked_SecretThatLeft_NamesThePlaceAndNotTheSecret()
    {
        using var capture = RunCapture.Start();
        using (Traceable.StartRun("run", new RunOptions { Inputs = new { secret = "hush" } }))
        {
        }

        var exception = Assert.Throws<InvalidOperationException>(() => capture.AssertNothingLeaked("hush"));

        Assert.Contains("inputs of run \"run\"", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hide_InputsOutputsMetadata_StayHere()
    {
        using var capture = RunCapture.Start(options => (options.HideInputs, options.HideOutputs, options.HideMetadata) = (true, true, true));

        using (var run = Traceable.StartRun("run", new RunOptions { Inputs = new { secret = "hush" } }))
        {
            run.AddMetadata("secret", "hush");
            run.End(new { secret = "hush" });
        }

        capture.AssertNothingLeaked("hush");
        Assert.Equal("{}", capture.Single("run").Inputs!.ToJsonString());
    }

    [Fact]
    public void Redact_OnAProperty_LeavesItOut()
    {
        using var capture = RunCapture.Start();

        using (Traceable.StartRun("run", new RunOptions { Inputs = new Login("me", "hush") }))
        {
        }

        Assert.Equal("""{"User":"me"}""", capture.Single("run").Inputs!.ToJsonString());
    }

    [Fact]
    public void RunAndDottedOrder_NameTheSameInstant()
    {
        using var capture = RunCapture.Start();
        var start = new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.Zero).AddTicks(1_234_567);

        using var run = Traceable.StartRun("run", new RunOptions { StartTime = start });

        Assert.StartsWith(run.StartTime.ToString("yyyyMMdd'T'HHmmssffffff'Z'", CultureInfo.InvariantCulture), run.DottedOrder, StringComparison.Ordinal);
        Assert.EndsWith(run.Id.ToString(), run.DottedOrder, StringComparison.Ordinal);
    }

    private sealed class Broken
    {
        public int Value => throw new InvalidOperationException();
    }

    private sealed class Cycle
    {
        public Cycle Self => this;
    }

    private sealed record Login(string User, [property: Redact] string Password);
}
