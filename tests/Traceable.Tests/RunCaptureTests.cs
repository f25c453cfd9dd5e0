using LangSmith;
using LangSmith.Redaction;
using LangSmith.Testing;

namespace Traceable.Tests;

/// <summary>What tests of traced code rely on: runs in memory that repeat, apart from other tests, and proof of what did not leave.</summary>
public sealed class RunCaptureTests
{
    private const string Secret = "hush-hush";

    [Fact]
    public void Single_OneRun_IsReadWhole()
    {
        using var capture = RunCapture.Start();
        using (var run = LangSmith.Traceable.StartRun("answer", new RunOptions { Inputs = new { question = "why" }, Tags = ["a"] }))
        {
            Assert.Null(capture.Single("answer").EndTime);
            run.AddMetadata("team", "search");
            run.End(new { text = "because" });
        }

        var read = capture.Single("answer");
        Assert.Equal(("tests", read.Id, null), (read.ProjectName, read.TraceId, read.ParentRunId));
        Assert.Equal(("why", "because"), ((string?)read.Inputs!["question"], (string?)read.Outputs!["text"]));
        Assert.Equal(("a", "search"), (Assert.Single(read.Tags), (string?)read.Metadata["team"]));
        Assert.True(read.EndTime > read.StartTime);
    }

    [Theory]
    [InlineData("missing", "There are 0 runs")]
    [InlineData("search", "There are 2 runs")]
    public void Single_NoneOrSeveral_ThrowsAndShowsTheTree(string name, string expected)
    {
        using var capture = RunCapture.Start();
        Answer();

        var thrown = Assert.Throws<InvalidOperationException>(() => capture.Single(name));

        Assert.StartsWith(expected, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(capture.ToTree(), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToTree_SameBehaviourTwice_IsTheSameText()
    {
        const string Expected = """
            answer (chain) success [nightly] {"question":"why"} -> {"text":"because"}
              search (tool) success [nightly] - -> -
              search (tool) error [nightly] - -> - ! no index

            """;
        var trees = Enumerable.Range(0, 2).Select(_ =>
        {
            using var capture = RunCapture.Start();
            Answer();
            return capture.ToTree(payloads: true);
        }).ToArray();

        Assert.All(trees, tree => Assert.Equal(Expected, tree, ignoreLineEndingDifferences: true));
    }

    [Fact]
    public void Start_Seeded_RepeatsIdsAndTimes()
    {
        var (first, second, real) = (Identities(seeded: true), Identities(seeded: true), Identities(seeded: false));

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, second);
        Assert.Empty(first.Intersect(real));

        static (Guid, string, DateTimeOffset, DateTimeOffset?)[] Identities(bool seeded)
        {
            using var capture = RunCapture.Start(seeded: seeded);
            Answer();
            return [.. capture.Runs.Select(run => (run.Id, run.DottedOrder, run.StartTime, run.EndTime))];
        }
    }

    [Fact]
    public async Task Start_InFlowsAtOnce_KeepsThemApart()
    {
        using var both = new Barrier(2);
        var trees = await Task.WhenAll(Enumerable.Range(0, 2).Select(index => Task.Run(async () =>
        {
            using var capture = RunCapture.Start();
            both.SignalAndWait(TestContext.Current.CancellationToken);
            using (LangSmith.Traceable.StartRun($"flow {index}"))
            {
                await Task.Yield();
                both.SignalAndWait(TestContext.Current.CancellationToken);
            }

            return capture.ToTree();
        })));

        Assert.Equal(["flow 0 (chain) success\n", "flow 1 (chain) success\n"], trees);
    }

    [Theory]
    [InlineData("inputs")]
    [InlineData("outputs")]
    [InlineData("metadata")]
    [InlineData("error")]
    [InlineData("name")]
    [InlineData("feedback")]
    public void AssertNothingLeaked_ASecretInAField_NamesTheFieldAndNotTheSecret(string field)
    {
        using var capture = RunCapture.Start();
        capture.AssertNothingLeaked(Secret);
        Tell(field);

        var thrown = Assert.Throws<InvalidOperationException>(() => capture.AssertNothingLeaked("absent", Secret));

        Assert.Contains($"the {field} ", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inputs")]
    [InlineData("outputs")]
    [InlineData("metadata")]
    [InlineData("error")]
    public void AssertNothingLeaked_Redacted_Passes(string field)
    {
        using var capture = RunCapture.Start(options => options.Redactions.Add(RedactionRule.Pattern(Secret)));

        Tell(field);

        capture.AssertNothingLeaked(Secret);
        Assert.Throws<InvalidOperationException>(() => capture.AssertNothingLeaked("[redacted]"));
    }

    [Fact]
    public void Feedback_OnARun_IsCaughtWithItsIdAndKey()
    {
        using var capture = RunCapture.Start();
        Guid run, id;
        using (var tree = LangSmith.Traceable.StartRun("answer"))
        {
            (run, id) = (tree.Id, tree.AddFeedback("user_score", 1, comment: "good"));
        }

        var feedback = Assert.Single(capture.Feedback);
        Assert.Equal((id, run, "user_score", "good"), (feedback.Id, feedback.RunId, feedback.Key, (string?)feedback.Body["comment"]));
    }

    private static void Answer()
    {
        using var answer = LangSmith.Traceable.StartRun("answer", new RunOptions { Inputs = new { question = "why" }, Tags = ["nightly"] });
        using (LangSmith.Traceable.StartRun("search", new RunOptions { RunType = "tool" }))
        {
        }

        using (var failing = LangSmith.Traceable.StartRun("search", new RunOptions { RunType = "tool" }))
        {
            failing.Fail("no index\nat the second line");
        }

        answer.End(new { text = "because" });
    }

    private static void Tell(string field)
    {
        var text = $"before \"{Secret}\" after";
        using var run = LangSmith.Traceable.StartRun(field == "name" ? text : "run");
        switch (field)
        {
            case "inputs":
                run.SetInputs(new { text });
                break;
            case "outputs":
                run.SetOutputs(new[] { text });
                break;
            case "metadata":
                run.AddMetadata("note", text);
                break;
            case "error":
                run.Fail(new InvalidOperationException(text));
                break;
            case "feedback":
                run.AddFeedback("user_score", comment: text);
                break;
        }
    }
}
