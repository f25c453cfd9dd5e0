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

    private async Task<(string Id, string Hash)> CommitAsync(object manifest)
    {
        var commit = (await server.PostAsync($"/commits/-/{_name}", new { manifest }, HttpStatusCode.Created)).GetProperty("commit");
        return (commit.GetProperty("id").GetString()!, commit.GetProperty("commit_hash").GetString()!);
    }

    private async Task TagAsync(string commitId) => await server.PostAsync($"/repos/-/{_name}/tags", new { tag_name = "prod", commit_id = commitId });

    private async Task<string?> TextAsync(string commit) =>
        (await server.GetAsync($"/commits/-/{_name}/{commit}")).GetProperty("manifest").GetProperty("text").GetString();
}
