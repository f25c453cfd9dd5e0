using System.Text.Json;
using Clients.Tests.Support;
using LangSmith;

namespace Clients.Tests.JavaScript;

/// <summary>The official npm client against our server, unchanged.</summary>
public sealed class JavaScriptClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    private readonly Guid _id = Uuid7.NewGuid();
    private readonly string _project = $"javascript-{Uuid7.NewGuid():N}";

    [Theory]
    [InlineData("LANGSMITH_DISABLE_RUN_COMPRESSION", "false")]
    [InlineData("LANGSMITH_DISABLE_RUN_COMPRESSION", "true")]
    public async Task Traceable_NestedUnderACustomId_IsOneTrace(string setting, string value)
    {
        var result = await NodeScript.PlayAsync(
            "nested", server.Url, new { id = _id, project = _project }, TestContext.Current.CancellationToken, (setting, value));

        var root = await server.ReadRunAsync(_id);
        var model = await server.ReadRunAsync(result.GetProperty("ids").GetProperty("model").GetGuid());
        var tool = await server.ReadRunAsync(result.GetProperty("ids").GetProperty("tool").GetGuid());
        Assert.Equal("root", root.GetProperty("name").GetString());
        Assert.Equal("success", root.GetProperty("status").GetString());
        Assert.Equal("nightly", root.GetProperty("tags")[0].GetString());
        Assert.Equal("why", root.GetProperty("inputs").GetProperty("question").GetString());
        Assert.Equal("WHY", root.GetProperty("outputs").GetProperty("text").GetString());
        Assert.All([root, model, tool], run => Assert.Equal(_id, run.GetProperty("trace_id").GetGuid()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("parent_run_id").ValueKind);
        Assert.Equal(_id, model.GetProperty("parent_run_id").GetGuid());
        Assert.Equal([_id, model.GetProperty("id").GetGuid()], tool.GetProperty("parent_run_ids").EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(("llm", "tool"), (model.GetProperty("run_type").GetString(), tool.GetProperty("run_type").GetString()));
    }

    [Fact]
    public async Task Traceable_Throwing_IsAnError()
    {
        await PlayAsync("failing");

        var run = await server.ReadRunAsync(_id);
        Assert.Equal("error", run.GetProperty("status").GetString());
        Assert.Contains("boom in JavaScript", run.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traceable_Generator_HasItsTokensAndTheTimeOfTheFirst()
    {
        await PlayAsync("streaming");

        var run = await server.ReadRunAsync(_id);
        Assert.Equal(3, run.GetProperty("events").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("first_token_time").ValueKind);
        Assert.Contains("token 2", run.GetProperty("outputs").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traceable_Attachments_AreReadBackByTheirLinks()
    {
        var files = (await PlayAsync("attachments")).GetProperty("files");

        var note = files.GetProperty("attachment.note");
        Assert.Equal((200, "text/plain", 15), Seen(note));
        Assert.Equal("bytes of a note"u8.ToArray().Sum(value => value), note.GetProperty("sum").GetInt32());
        var data = files.GetProperty("attachment.data");
        Assert.Equal((200, "application/octet-stream", 70_000), Seen(data));
        Assert.Equal(Enumerable.Range(0, 70_000).Sum(index => index % 251), data.GetProperty("sum").GetInt32());

        static (int Status, string? Type, int Length) Seen(JsonElement file) =>
            (file.GetProperty("status").GetInt32(), file.GetProperty("type").GetString(), file.GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task Feedback_BeforeAndRightAfterTheRun_IsOnIt()
    {
        var result = await PlayAsync("feedback");

        Assert.Equal(["early", "late"], Texts(result.GetProperty("keys")));
        Assert.Equal(0.75, result.GetProperty("score").GetDouble());
        Assert.Equal(["late"], Texts(result.GetProperty("left")));
        Assert.Equal(1, result.GetProperty("stats").GetProperty("late").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task ListRuns_MoreThanAPage_ListsEachOnceNewestFirst()
    {
        var result = await PlayAsync("listing", count: 230);

        var created = Guids(result, "created");
        Assert.Equal(230, created.Length);
        Assert.Equal(created.Reverse(), Guids(result, "all"));
        Assert.Equal(created.Where((_, index) => index % 10 == 0).Reverse(), Guids(result, "tools"));
        Assert.Equal(created.Where((_, index) => index % 25 == 0).Reverse(), Guids(result, "errors"));
        Assert.Equal(created.Take(3).Order(), Guids(result, "byId").Order());
        Assert.Equal(created.Reverse().Take(7), Guids(result, "limited"));
        Assert.Equal(230, result.GetProperty("roots").GetInt32());
    }

    [Fact]
    public async Task ReadRun_WithChildren_HasThemInOrderAndALinkThatOpens()
    {
        var result = await PlayAsync("reading");

        Assert.Equal("parent", result.GetProperty("name").GetString());
        Assert.Equal(["leaf", "leaf"], Texts(result.GetProperty("children")));
        var url = new Uri(result.GetProperty("url").GetString()!);
        Assert.Equal(System.Net.HttpStatusCode.OK, await server.StatusAsync(url.PathAndQuery));
    }

    [Fact]
    public async Task Projects_WholeLife_IsAsDocumented()
    {
        var result = await PlayAsync("projects");

        Assert.Equal("LangSmithConflictError", result.GetProperty("again").GetString());
        Assert.True(result.GetProperty("sameId").GetBoolean());
        Assert.Equal("first", result.GetProperty("description").GetString());
        Assert.Contains(_project, Texts(result.GetProperty("listed")));
        Assert.Equal($"{_project}-renamed", result.GetProperty("renamed").GetString());
        Assert.True(result.GetProperty("existed").GetBoolean());
        Assert.False(result.GetProperty("left").GetBoolean());
    }

    private Task<JsonElement> PlayAsync(string scenario, int count = 1) =>
        NodeScript.PlayAsync(scenario, server.Url, new { id = _id, project = _project, count }, TestContext.Current.CancellationToken);

    private static string?[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString())];

    private static Guid[] Guids(JsonElement result, string name) => [.. result.GetProperty(name).EnumerateArray().Select(item => item.GetGuid())];
}
