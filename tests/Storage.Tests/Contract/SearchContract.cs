using CsCheck;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Search: every word, at once, wherever it stands.</summary>
public abstract class SearchContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private static readonly string[] s_words = ["alpha", "Beta", "gamma-ray", "état", "新年快乐", "x1", "don't", "line\\nbreak"];

    private static readonly Gen<string> s_word = Gen.Int[0, 7].Select(index => s_words[index]);

    private int _case;

    [Theory]
    [InlineData("refund")]
    [InlineData("REFUND")]
    [InlineData("order 4711")]
    [InlineData("4711")]
    [InlineData("out-of-range")]
    [InlineData("customer")]
    [InlineData("vip")]
    [InlineData("eu-west")]
    [InlineData("answer-step")]
    [InlineData("快乐")]
    [InlineData("second")]
    public async Task QueryAsync_WordOfARun_FindsIt(string word)
    {
        await Runs.WriteAsync(Given.Post(Given.Id(2)).With(write => write with { Inputs = Given.Json("""{"text":"nothing of it"}""") }), Searched());

        Assert.Equal([Given.Id(1)], await FindAsync(Given.Workspace, word));
        await Engine.ReopenAsync();
        Assert.Equal([Given.Id(1)], await FindAsync(Given.Workspace, word));
    }

    [Theory]
    [InlineData("refun")]
    [InlineData("4711 order")]
    [InlineData("nothing")]
    [InlineData("乐快")]
    [InlineData("nsecond")]
    public async Task QueryAsync_NoWordOfTheRun_FindsNothing(string word)
    {
        await Runs.WriteAsync(Searched());

        Assert.Empty(await FindAsync(Given.Workspace, word));
        Assert.Empty(await FindAsync(Given.Other, "refund"));
    }

    [Fact]
    public async Task QueryAsync_RunThatChanged_IsFoundByWhatItIsNow()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { Outputs = Given.Json("""{"a":"before"}""") }));
        Assert.Equal([Given.Id(1)], await FindAsync(Given.Workspace, "before"));

        await Runs.WriteAsync(Given.Patch(Given.Id(1)).With(write => write with { Outputs = Given.Json("""{"a":"after"}""") }));

        Assert.Equal([Given.Id(1)], await FindAsync(Given.Workspace, "after"));
        Assert.Empty(await FindAsync(Given.Workspace, "before"));
    }

    [Fact]
    public async Task QueryAsync_DeletedRun_IsNotFound()
    {
        await Runs.WriteAsync(Searched());
        Assert.Single(await FindAsync(Given.Workspace, "refund"));
        await Runs.DeleteRunsAsync(Given.Workspace, [Given.Id(1)], Cancellation);
        await Engine.ReopenAsync();
        await Runs.WriteAsync(Given.Post(Given.Id(2)));

        Assert.Empty(await FindAsync(Given.Workspace, "refund"));
    }

    [Fact]
    public async Task QueryAsync_NotTheWord_FindsTheOthers()
    {
        await Runs.WriteAsync(Searched(), Given.Post(Given.Id(2)));

        var page = await Runs.QueryAsync(
            new RunQuery { Workspace = Given.Workspace, Filter = new RunFilter.Not(new RunFilter.Search(["refund"])) }, Cancellation);

        Assert.Equal([Given.Id(2)], page.Runs.Select(run => run.Id));
        Assert.Null(page.SearchedUntil);
    }

    [Fact]
    public async Task QueryAsync_AnyTexts_AgreesWithTheDefinition() =>
        await Gen.Select(s_word.Array[0, 5].Array[1, 12], s_word.Array[1, 2]).SampleAsync(
            async (texts, wanted) =>
            {
                var workspace = new WorkspaceId(Given.Id(0x1000 + ++_case));
                await Runs.WriteAsync([.. texts.Select((words, index) => Given.Post(Given.Id(index + 1)).With(write => write with
                {
                    Workspace = workspace,
                    Name = "run",
                    Inputs = Given.Json($"{{\"text\":\"{string.Join(' ', words)}\"}}"),
                }))]);
                var expected = texts
                    .Select((words, index) => (Words: SearchText.OfJson(Given.Json($"{{\"text\":\"{string.Join(' ', words)}\"}}").Span), Id: Given.Id(index + 1)))
                    .Where(run => wanted.All(word => SearchText.Contains(run.Words, SearchText.Of(word))))
                    .Select(run => run.Id);
                Assert.Equal(expected.Reverse(), await FindAsync(workspace, wanted));
            },
            iter: 40, threads: 1);

    private static RunWrite Searched() => Given.Post(Given.Id(1)).With(write => write with
    {
        Name = "answer-step",
        Error = "ValueError: out-of-range",
        Tags = ["eu-west"],
        Inputs = Given.Json("""{"customer":{"text":"A Refund for order 4711, please.\nsecond line"},"greeting":"新年快乐"}"""),
        Extra = Given.Json("""{"metadata":{"tier":"vip"}}"""),
    });

    private async Task<IEnumerable<Guid>> FindAsync(WorkspaceId workspace, params string[] words) =>
        (await Runs.QueryAsync(new RunQuery { Workspace = workspace, Filter = new RunFilter.Search(words) }, Cancellation)).Runs.Select(run => run.Id);
}
