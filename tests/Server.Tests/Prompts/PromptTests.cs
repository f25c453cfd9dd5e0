using System.Net;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Prompts;

public sealed class PromptTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly string _name = $"prompt-{Uuid7.NewGuid():N}";

    [Fact]
    [Proves("POST /api/v1/repos", "GET /api/v1/repos", "GET /api/v1/repos/{owner}/{repo}", "PATCH /api/v1/repos/{owner}/{repo}",
        "DELETE /api/v1/repos/{owner}/{repo}", "POST /api/v1/likes/{owner}/{repo}")]
    public async Task Prompt_WholeLife_IsAsClientsExpect()
    {
        await server.PostAsync("/repos/", new { repo_handle = _name, is_public = false, tags = new[] { "a" }, description = "d" });
        await server.PostAsync("/repos/", new { repo_handle = _name }, HttpStatusCode.Conflict);
        await server.SendAsync(HttpMethod.Patch, $"/repos/-/{_name}", new { is_archived = true, readme = "r" });
        await server.PostAsync($"/likes/-/{_name}", new { like = true });

        var repo = (await server.GetAsync($"/repos/-/{_name}")).GetProperty("repo");
        Assert.Equal(("d", "r", 1), (repo.GetProperty("description").GetString(), repo.GetProperty("readme").GetString(), repo.GetProperty("num_likes").GetInt32()));
        Assert.True(repo.GetProperty("is_archived").GetBoolean());
        var found = await server.GetAsync($"/repos/?query={_name}&is_archived=true&is_public=false&tags=a");
        Assert.Equal(1, found.GetProperty("total").GetInt32());
        Assert.Equal(0, (await server.GetAsync($"/repos/?query={_name}&is_public=true")).GetProperty("total").GetInt32());

        await server.SendAsync(HttpMethod.Delete, $"/repos/-/{_name}", null);
        await server.GetAsync($"/repos/-/{_name}", HttpStatusCode.NotFound);
        await server.GetAsync($"/repos/stranger/{_name}", HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("POST /api/v1/commits/{owner}/{repo}", "GET /api/v1/commits/{owner}/{repo}", "GET /api/v1/commits/{owner}/{repo}/{commit}",
        "POST /api/v1/repos/{owner}/{repo}/tags", "GET /api/v1/repos/{owner}/{repo}/tags", "GET /api/v1/repos/{owner}/{repo}/tags/{tag_name}",
        "DELETE /api/v1/repos/{owner}/{repo}/tags/{tag_name}")]
    public async Task Commits_AreReadByHashPrefixTagAndLatest()
    {
        await server.PostAsync("/repos", new { repo_handle = _name });
        var first = await CommitAsync(new { text = "one" });
        var second = await CommitAsync(new { text = "two" });
        await server.PostAsync($"/commits/-/{_name}", new { manifest = new { text = "two" } }, HttpStatusCode.Conflict);
        var back = await CommitAsync(new { text = "one" });
        Assert.Equal(3, new[] { first.Hash, second.Hash, back.Hash }.Distinct().Count());

        await TagAsync(first.Id);
        Assert.Equal("one", await TextAsync("prod"));
        await TagAsync(second.Id);
        Assert.Equal("two", await TextAsync("prod"));
        Assert.Equal("two", await TextAsync(second.Hash));
        Assert.Equal("two", await TextAsync(second.Hash[..8]));
        Assert.Equal("one", await TextAsync("latest"));
        await server.GetAsync($"/commits/-/{_name}/{second.Hash[..7]}", HttpStatusCode.NotFound);

        var list = await server.GetAsync($"/commits/-/{_name}/?limit=2");
        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal(back.Hash, list.GetProperty("commits")[0].GetProperty("commit_hash").GetString());
        Assert.Equal(second.Hash, list.GetProperty("commits")[0].GetProperty("parent_commit_hash").GetString());
        Assert.Equal(second.Hash, (await server.GetAsync($"/repos/-/{_name}/tags/prod")).GetProperty("commit_hash").GetString());
        Assert.Single((await server.GetAsync($"/repos/-/{_name}/tags")).EnumerateArray());
        await server.SendAsync(HttpMethod.Delete, $"/repos/-/{_name}/tags/prod", null, HttpStatusCode.NoContent);
        await server.GetAsync($"/commits/-/{_name}/prod", HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("GET /api/v1/settings", "POST /api/v1/settings/handle")]
    public async Task Handle_OnceSet_OwnsThePrompts()
    {
        await using var own = await TestServer.StartAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await own.GetAsync("/settings")).GetProperty("tenant_handle").ValueKind);
        await own.PostAsync("/settings/handle", new { tenant_handle = "acme" });
        Assert.Equal("acme", (await own.GetAsync("/settings")).GetProperty("tenant_handle").GetString());
        await own.PostAsync("/repos", new { repo_handle = _name });
        Assert.Equal($"acme/{_name}", (await own.GetAsync($"/repos/acme/{_name}")).GetProperty("repo").GetProperty("full_name").GetString());
        await own.PostAsync("/settings/handle", new { tenant_handle = "a/b" }, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Proves("POST /api/v1/repos/{owner}/{repo}/fork", "GET /api/v1/repos/tags", "DELETE /api/v1/repos",
        "PATCH /api/v1/repos/{owner}/{repo}/tags/{tag_name}", "GET /api/v1/repos/{owner}/{repo}/tags/{tag_name}/history")]
    public async Task Fork_HasTheCommitsAndGoesItsOwnWay()
    {
        var topic = $"topic-{Uuid7.NewGuid():N}";
        await server.PostAsync("/repos", new { repo_handle = _name, tags = new[] { topic } });
        var first = await CommitAsync(new { text = "one" });
        var second = await CommitAsync(new { text = "two" });
        await TagAsync(first.Id);
        await server.SendAsync(HttpMethod.Patch, $"/repos/-/{_name}/tags/prod", new { commit_id = second.Id });
        var history = await server.GetAsync($"/repos/-/{_name}/tags/prod/history");
        var moves = history.GetProperty("transitions").EnumerateArray()
            .Select(move => (move.GetProperty("from_commit_hash").GetString(), move.GetProperty("to_commit_hash").GetString()));
        Assert.Equal([(first.Hash, second.Hash), (null, first.Hash)], moves);
        var older = await server.GetAsync($"/repos/-/{_name}/tags/prod/history?offset=1");
        Assert.Equal(history.GetProperty("transitions")[1].GetRawText(), Assert.Single(older.GetProperty("transitions").EnumerateArray()).GetRawText());
        Assert.Equal(2, older.GetProperty("total").GetInt32());

        var fork = (await server.PostAsync($"/repos/-/{_name}/fork", new { repo_handle = $"{_name}-fork" })).GetProperty("repo");
        Assert.Equal((2, second.Hash), (fork.GetProperty("num_commits").GetInt32(), fork.GetProperty("last_commit_hash").GetString()));
        await CommitAsync(new { text = "three" });
        Assert.Equal(2, (await server.GetAsync($"/commits/-/{_name}-fork")).GetProperty("total").GetInt32());
        var topics = (await server.GetAsync("/repos/tags")).GetProperty("tags").EnumerateArray();
        Assert.Equal(2, topics.Single(t => t.GetProperty("tag").GetString() == topic).GetProperty("count").GetInt32());

        await server.SendAsync(HttpMethod.Delete, $"/repos?repo_ids={fork.GetProperty("id").GetString()}", null);
        await server.GetAsync($"/repos/-/{_name}-fork", HttpStatusCode.NotFound);
        await server.GetAsync($"/repos/-/{_name}");
    }

    [Fact]
    [Proves("GET /api/v1/platform/hub/repos/{owner}/{repo}/directories", "POST /api/v1/platform/hub/repos/{owner}/{repo}/directories/commits",
        "DELETE /api/v1/platform/hub/repos/{owner}/{repo}/directories")]
    public async Task Directory_IsCommittedByTheFilesThatChange()
    {
        var path = $"/v1/platform/hub/repos/-/{_name}/directories";
        await server.PostAsync("/repos", new { repo_handle = _name, repo_type = "skill" });
        await server.GetAsync(path, HttpStatusCode.NotFound);
        var first = await HashAsync(new Dictionary<string, object?> { ["SKILL.md"] = File("one"), ["old.md"] = File("old") }, null);
        var second = await HashAsync(new Dictionary<string, object?> { ["SKILL.md"] = File("two"), ["old.md"] = null }, first);
        await server.PostAsync($"{path}/commits", new { files = new { x = File("x") }, parent_commit = first }, HttpStatusCode.Conflict);
        await server.PostAsync($"{path}/commits", new { files = new { x = "text" } }, HttpStatusCode.BadRequest);

        var now = await server.GetAsync(path);
        Assert.Equal(second, now.GetProperty("commit_hash").GetString());
        Assert.Equal("""{"SKILL.md":{"type":"file","content":"two"}}""", now.GetProperty("files").GetRawText());
        Assert.Equal(2, (await server.GetAsync($"{path}?commit={first}")).GetProperty("files").EnumerateObject().Count());
        await server.SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        await server.GetAsync(path, HttpStatusCode.NotFound);

        static object File(string content) => new { type = "file", content };

        async Task<string> HashAsync(object files, string? parent) =>
            (await server.PostAsync($"{path}/commits", new { files, parent_commit = parent })).GetProperty("commit").GetProperty("commit_hash").GetString()!;
    }

    private async Task<(string Id, string Hash)> CommitAsync(object manifest)
    {
        var commit = (await server.PostAsync($"/commits/-/{_name}", new { manifest }, HttpStatusCode.Created)).GetProperty("commit");
        return (commit.GetProperty("id").GetString()!, commit.GetProperty("commit_hash").GetString()!);
    }

    private async Task TagAsync(string commitId) => await server.PostAsync($"/repos/-/{_name}/tags", new { tag_name = "prod", commit_id = commitId });

    private async Task<string?> TextAsync(string commit) =>
        (await server.GetAsync($"/commits/-/{_name}/{commit}")).GetProperty("manifest").GetProperty("text").GetString();
}
