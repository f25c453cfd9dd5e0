using LangSmith;
using LangSmith.Testing;

namespace Traceable.Tests;

/// <summary>Every shape of method and of call is one run, and behaves as it does untraced.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Void_Called_IsARunWithoutOutput()
    {
        using var capture = RunCapture.Start();

        new Sample().Nothing();

        var run = capture.Single("Nothing");
        Assert.Equal("{}", run.Inputs!.ToJsonString());
        Assert.Null(run.Outputs);
        Assert.NotNull(run.EndTime);
    }

    [Fact]
    public void Interface_Called_IsTracedWhateverImplementsIt()
    {
        using var capture = RunCapture.Start();
        var greeter = new Func<IGreeter>(() => new Greeter())();

        Assert.Equal("hello you", greeter.Greet("you"));
        Assert.Equal("hello me", Ask(greeter, "me"));

        Assert.Equal(2, capture.Runs.Count(run => run.Name == "Greet"));

        static string Ask<T>(T asked, string name)
            where T : class, IGreeter => asked.Greet(name);
    }

    [Fact]
    public void Override_CalledAndCallingItsBase_IsOneRun()
    {
        using var capture = RunCapture.Start();

        Assert.Equal("wuff!", new Dog().Speak("wuff"));
        Assert.Equal("wuff!", ((Animal)new Dog()).Speak("wuff"));

        Assert.Equal(2, capture.Runs.Count);
        // The attribute and its processor are those of the base.
        Assert.All(capture.Runs, run => Assert.Equal("""{"word":"WUFF"}""", run.Inputs!.ToJsonString()));
    }

    [Fact]
    public void Extension_CalledEitherWay_IsTraced()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(2, "banana".CountOf('n'));
        Assert.Equal(3, TextExtensions.CountOf("banana", 'a'));
        Assert.Equal(1, "banana".CountOf('b', new RunOptions { Name = "by options" }));

        Assert.Equal(["CountOf", "CountOf", "by options"], capture.Runs.Select(run => run.Name));
        Assert.Equal("""{"text":"banana","letter":"n"}""", capture.Runs[0].Inputs!.ToJsonString());
    }

    [Fact]
    public void Conditional_OnNothing_IsNoRun()
    {
        using var capture = RunCapture.Start();
        Sample? nothing = null;
        Sample? something = new();

        Assert.Null(nothing?.Add(1, 2));
        Assert.Equal(3, something?.Add(1, 2));

        Assert.Single(capture.Runs);
    }

    [Fact]
    public void Nested_GenericOfGeneric_IsTraced()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        Assert.Equal(7, new Outer.Box<string>("key").With(7)["key"]);
        Assert.Equal("key", new Outer.Box<string>("key").OpenIt());
        new Outer.Box<string>("key").With(7, new RunOptions { RunId = id });

        Assert.Equal(["With", "Open", "With"], capture.Runs.Select(run => run.Name));
        Assert.Equal(id, capture.Runs[2].Id);
    }

    [Fact]
    public void Parameters_LeftOut_HaveTheirDefaults()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        Assert.Equal("a-a", Parameters.Defaults("a"));
        Assert.Equal("a+a", Parameters.Defaults("a", separator: "+"));
        Assert.Equal("a-a-a", Parameters.Defaults("a", new RunOptions { RunId = id }, count: 3));

        Assert.Equal("""{"text":"a","count":2,"separator":"-"}""", capture.Runs[0].Inputs!.ToJsonString());
        Assert.Equal(id, capture.Runs[2].Id);
    }

    [Fact]
    public void Parameters_Params_AreOneArray()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(6, Parameters.Sum("a", 1, 2, 3));
        Assert.Equal(0, Parameters.Sum("a"));
        Assert.Equal(3, Parameters.Sum("a", new RunOptions { Name = "by options" }, 1, 2));

        Assert.Equal(["[1,2,3]", "[]", "[1,2]"], capture.Runs.Select(run => run.Inputs!["numbers"]!.ToJsonString()));
    }

    [Fact]
    public void Parameters_NamedLikeKeywords_AreRecordedByTheirNames()
    {
        using var capture = RunCapture.Start();

        Parameters.Keyword(1, @event: 2);

        Assert.Equal("""{"class":1,"event":2}""", Assert.Single(capture.Runs).Inputs!.ToJsonString());
    }

    [Fact]
    public void Parameters_SpansAndOut_AreNotCaptured()
    {
        using var capture = RunCapture.Start();
        var number = 1;

        Assert.Equal(6, Parameters.Spans("abc", [1, 2], new[] { 1 }));
        Assert.True(Parameters.TryDouble(2, out var doubled));
        Parameters.Increment(ref number);

        Assert.Equal((4, 2), (doubled, number));
        Assert.Equal("""{"number":2}""", capture.Single("TryDouble").Inputs!.ToJsonString());
        Assert.Equal("""{"number":1}""", capture.Single("Increment").Inputs!.ToJsonString());
        Assert.Null(capture.Single("Spans").Inputs!["text"]);
    }

    [Fact]
    public void Parameters_CallerInformation_IsThatOfTheCaller()
    {
        using var capture = RunCapture.Start();

        Assert.Equal(nameof(Parameters_CallerInformation_IsThatOfTheCaller), Parameters.Caller());
        Assert.Equal(nameof(Parameters_CallerInformation_IsThatOfTheCaller), Parameters.Caller(new RunOptions()));
    }

    [Fact]
    public void Secrets_NotCapturedOrBadlyProcessed_StayHere()
    {
        using var capture = RunCapture.Start();

        Parameters.Secret();
        Parameters.Quiet("secret");
        Assert.Equal("secret", Parameters.BadlyProcessed("secret"));

        Assert.Equal(3, capture.Runs.Count);
        capture.AssertNothingLeaked("secret");
        Assert.Contains("InvalidOperationException", capture.Single("BadlyProcessed").Inputs!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_ThatIsIgnored_IsThrownAndNoError()
    {
        using var capture = RunCapture.Start();

        Assert.Throws<KeyNotFoundException>(() => Parameters.Missing());

        var run = capture.Single("Missing");
        Assert.Null(run.Error);
        Assert.NotNull(run.EndTime);
    }

    [Fact]
    public async Task Exception_BeforeTheTask_IsThrownAtOnce()
    {
        using var capture = RunCapture.Start();

        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = Parameters.NotAsync(-1); });
        await Parameters.NotAsync(1);
        await Parameters.PlainAsync();

        Assert.Equal([true, false, false], capture.Runs.Select(run => run.Error is not null));
        Assert.All(capture.Runs, run => Assert.NotNull(run.EndTime));
    }

    [Fact]
    public void Chunks_ProcessedAndReduced_LeaveTheCallersAsTheyAre()
    {
        using var capture = RunCapture.Start();

        Assert.Equal([2, 4], Parameters.Chunks());

        Assert.Equal("""{"total":3}""", capture.Single("Chunks").Outputs!.ToJsonString());
    }

    [Fact]
    public async Task Sequence_TakenOrReturnedByATask_IsNotReadByTracing()
    {
        using var capture = RunCapture.Start();
        var reads = 0;

        var direct = await Parameters.LazyAsync(Numbers());
        var wrapped = await LangSmith.Traceable.Wrap((IEnumerable<int> numbers) => Parameters.LazyAsync(numbers)).Invoke(Numbers());

        Assert.Equal([2, 3, 2, 3], direct.Concat(wrapped));
        Assert.Equal(2, reads);
        Assert.Equal(3, capture.Runs.Count);
        Assert.All(capture.Runs, run => Assert.Contains("was not read", (string?)run.Inputs!["numbers"], StringComparison.Ordinal));
        Assert.All(capture.Runs, run => Assert.Contains("was not read", (string?)run.Outputs!["output"], StringComparison.Ordinal));

        IEnumerable<int> Numbers()
        {
            reads++;
            yield return 1;
            yield return 2;
        }
    }

    [Fact]
    public void Partial_Called_IsTracedUnderTheIdOfTheCall()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        Assert.Equal(6, Parts.Twice(3));
        Assert.Equal(8, Parts.Twice(4, new RunOptions { RunId = id }));

        Assert.Equal(["""{"number":3}""", """{"number":4}"""], capture.Runs.Select(run => run.Inputs!.ToJsonString()));
        Assert.Equal(id, capture.Runs[1].Id);
    }

    [Fact]
    public void List_Returned_IsAValueNotAStream()
    {
        using var capture = RunCapture.Start();

        Assert.Equal([1, 2], Parameters.NoStream());

        Assert.Equal("""{"output":[1,2]}""", capture.Single("NoStream").Outputs!.ToJsonString());
    }

    [Fact]
    public void Metadata_OfTypeAndMethod_TheNearestWins()
    {
        using var capture = RunCapture.Start();

        Described.Run();
        Described.Run(new RunOptions { Metadata = new Dictionary<string, object?> { ["level"] = 3 } });

        Assert.Equal([2, 3], capture.Runs.Select(run => (int?)run.Metadata["level"]));
        Assert.All(capture.Runs, run => Assert.Equal("search", (string?)run.Metadata["team"]));
    }

    [Fact]
    public void Options_UsedTwice_GiveTheirIdOnce()
    {
        using var capture = RunCapture.Start();
        var options = new RunOptions { RunId = Uuid7.NewGuid() };

        Described.Run(options);
        Described.Run(options);
        new Sample().Add(1, 2, options);

        Assert.Equal(options.RunId, capture.Runs.Select(run => run.Id).Intersect([options.RunId!.Value]).Single());
        Assert.Equal(3, capture.Runs.Select(run => run.Id).Distinct().Count());
    }

    [Fact]
    public void ForNextRun_BeforeATracedCall_GivesItTheId()
    {
        using var capture = RunCapture.Start();
        var id = Uuid7.NewGuid();

        using (LangSmith.Traceable.ForNextRun(new RunOptions { RunId = id }))
        {
            new Sample().Add(1, 2);
        }

        Assert.Equal(id, Assert.Single(capture.Runs).Id);
    }

    [Fact]
    public async Task Parallel_TracedCalls_AreSiblingsEachWithItsOwnChildren()
    {
        using var capture = RunCapture.Start();
        var sample = new Sample();

        using (LangSmith.Traceable.StartRun("root"))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async index => await sample.AnswerAsync($"q{index}", CancellationToken.None)));
        }

        var root = capture.Single("root");
        var answers = capture.Runs.Where(run => run.Name == "AnswerAsync").ToArray();
        Assert.Equal(8, answers.Length);
        Assert.All(answers, run => Assert.Equal(root.Id, run.ParentRunId));
        Assert.All(answers, run => Assert.Single(capture.Runs, inner => inner.ParentRunId == run.Id));
    }
}
