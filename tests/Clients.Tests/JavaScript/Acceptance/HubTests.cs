
namespace Clients.Tests.JavaScript.Acceptance;

/// <summary>Annotation queues and prompts by the official JavaScript client.</summary>
public sealed class HubTests(HubSuite suite) : IClassFixture<HubSuite>
{
    [Fact]
    public void AnnotationQueue_WholeLife_IsAsDocumented()
    {
        var played = suite.Of("38-annotation-queue");

        var runs = played.Guids("runs");
        Assert.Equal(runs[0], played.Guid("first"));
        Assert.Equal(3, played["size"].GetProperty("size").GetInt32());
        Assert.Equal(runs, played.Guids("listed"));
        Assert.Equal("LangSmithNotFoundError", played.Text("past"));
        Assert.Equal($"{played.Project}-renamed", played["read"].GetProperty("name").GetString());
        Assert.Equal(("changed", "look well"), (played["read"].GetProperty("description").GetString(), played["read"].GetProperty("rubric_instructions").GetString()));
        Assert.Equal((1, 0), (played["found"].GetInt32(), played["left"].GetInt32()));
    }

    [Fact]
    public void Prompt_PushedTwice_IsPulledByTagHashAndLatest()
    {
        var played = suite.Of("39-prompts");

        Assert.Equal("one {word}", played["first"].GetProperty("manifest").GetProperty("kwargs").GetProperty("template").GetString());
        Assert.Equal("LangSmithConflictError", played.Text("same"));
        Assert.Equal(("two {word}", "one {word}"), (played.Text("second"), played.Text("byHash")));
        Assert.True(played["latest"].GetBoolean());
        Assert.Equal(2, played.Texts("commits").Distinct().Count());
        Assert.Equal(played["first"].GetProperty("commit_hash").GetString(), played.Texts("commits")[1]);
        Assert.Contains($"/prompts/{played.Text("name")}/", played.Text("url"), StringComparison.Ordinal);
    }

    [Fact]
    public void Prompt_LikedChangedAndDeleted_IsListedUntilThen()
    {
        var played = suite.Of("39-prompts");

        Assert.Equal((1, 0), (played["liked"].GetInt32(), played["unliked"].GetInt32()));
        var prompt = played["prompt"];
        Assert.Equal(("changed", "read me"), (prompt.GetProperty("description").GetString(), prompt.GetProperty("readme").GetString()));
        Assert.Equal(["blue", "green"], prompt.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).Order());
        Assert.Equal(2, prompt.GetProperty("num_commits").GetInt32());
        Assert.Equal([played.Text("name")], played.Texts("listed"));
        Assert.False(played["exists"].GetBoolean());
    }
}
