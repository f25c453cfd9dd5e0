using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Curation.Prompts;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prompts;

/// <summary>The commits and commit tags of prompts.</summary>
internal static class CommitEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/commits/{owner}/{repo}", ListAsync);
        api.MapPost("/commits/{owner}/{repo}", CreateAsync);
        api.MapGet("/commits/{owner}/{repo}/{commit}", async (HttpContext context, string owner, string repo, string commit) =>
        {
            var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
            return JsonBody.Of(PromptJson.Manifest(await GetAsync(context, repository, commit)));
        });
        api.MapGet("/repos/{owner}/{repo}/tags", ListTagsAsync);
        api.MapPost("/repos/{owner}/{repo}/tags", (HttpContext context, string owner, string repo, TimeProvider time) =>
            SetTagAsync(context, owner, repo, null, time));
        api.MapGet("/repos/{owner}/{repo}/tags/{tagName}", async (HttpContext context, string owner, string repo, string tagName) =>
            JsonBody.Of(PromptJson.Tag(await TagAsync(context, owner, repo, tagName))));
        api.MapPatch("/repos/{owner}/{repo}/tags/{tagName}", (HttpContext context, string owner, string repo, string tagName, TimeProvider time) =>
            SetTagAsync(context, owner, repo, tagName, time));
        api.MapDelete("/repos/{owner}/{repo}/tags/{tagName}", async (HttpContext context, string owner, string repo, string tagName) =>
        {
            await context.Shelf(DocumentKinds.PromptTag).DeleteAsync((await TagAsync(context, owner, repo, tagName)).Id);
            return Results.NoContent();
        });
        api.MapGet("/repos/{owner}/{repo}/tags/{tagName}/history", async (HttpContext context, string owner, string repo, string tagName) =>
        {
            var values = new RequestValues(context.Request);
            return JsonBody.Of(PromptJson.TagHistory(await TagAsync(context, owner, repo, tagName), values.Offset, values.Number("limit", 50, 1, 100)));
        });
    }

    private static async Task<IResult> ListAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        var values = new RequestValues(context.Request);
        var shelf = context.Shelf(DocumentKinds.PromptCommit);
        var commits = values.Text("tag") is { } tag
            ? await PromptAddress.CommitAsync(context, repository, tag) is { } tagged ? [tagged] : []
            : await shelf.ListAsync(query => query with { ParentId = repository.Id, Offset = values.Offset, Limit = values.Limit });
        return JsonBody.Of(new JsonObject
        {
            ["commits"] = new JsonArray([.. commits.Select(PromptJson.Commit)]),
            ["total"] = values.Text("tag") is null ? await shelf.CountAsync(query => query with { ParentId = repository.Id }) : commits.Count,
        });
    }

    private static async Task<IResult> CreateAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var manifest = fields.Node("manifest") ?? throw ProblemException.Invalid("'manifest' is missing.");
        var latest = await PromptAddress.LatestAsync(context, repository);
        var parent = fields.Text("parent_commit") is { Length: > 0 } name ? await GetAsync(context, repository, name) : latest;
        var commit = await StoreAsync(context, repository, latest, parent, manifest, fields.Text("description"));
        return JsonBody.Of(new JsonObject { ["commit"] = PromptJson.Commit(commit) }, StatusCodes.Status201Created);
    }

    /// <summary>Stores a manifest as the latest commit; the same one again is a conflict.</summary>
    public static async Task<Document> StoreAsync(
        HttpContext context, Document repository, Document? latest, Document? parent, JsonNode manifest, string? description)
    {
        if (latest is not null && JsonNode.DeepEquals(Shelf.Json(latest)["manifest"], manifest))
        {
            throw ProblemException.Conflict("Nothing to commit: the manifest has not changed since the latest commit.");
        }

        var hash = Hash(latest, manifest);
        var json = new JsonObject
        {
            ["manifest"] = manifest,
            ["description"] = description,
            ["parent_id"] = parent?.Id.ToString(),
            ["parent_commit_hash"] = parent?.Name,
        };
        var (commit, _) = await context.Shelf(DocumentKinds.PromptCommit).CreateAsync(json, name: hash, parentId: repository.Id);
        return commit;
    }

    /// <summary>A manifest that comes back after another one is a new commit: the one before it counts too.</summary>
    private static string Hash(Document? latest, JsonNode manifest) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{latest?.Name}\n{manifest.ToJsonString()}")));

    private static async Task<IResult> ListTagsAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        return JsonBody.List((await context.Shelf(DocumentKinds.PromptTag).ListAsync(query => query with { ParentId = repository.Id })).Select(PromptJson.Tag));
    }

    /// <summary>SDKs only post: a tag that is there already is moved.</summary>
    private static async Task<IResult> SetTagAsync(HttpContext context, string owner, string repo, string? tagName, TimeProvider time)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var id = fields.Id("commit_id") ?? throw ProblemException.Invalid("'commit_id' is missing.");
        var commit = await context.Shelf(DocumentKinds.PromptCommit).GetAsync("Commit", id);
        if (commit.ParentId != repository.Id)
        {
            throw ProblemException.NotFound("Commit", id);
        }

        var name = tagName ?? fields.Required("tag_name");
        var shelf = context.Shelf(DocumentKinds.PromptTag);
        return JsonBody.Of(PromptJson.Tag(await PromptTags.SetAsync(shelf, repository.Id, name, commit.Id, commit.Name, time.GetUtcNow())));
    }

    private static async Task<Document> TagAsync(HttpContext context, string owner, string repo, string tagName)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        return await context.Shelf(DocumentKinds.PromptTag).FindAsync(tagName, repository.Id) ?? throw ProblemException.NotFound("Tag", tagName);
    }

    private static async Task<Document> GetAsync(HttpContext context, Document repository, string commit) =>
        await PromptAddress.CommitAsync(context, repository, commit) ?? throw ProblemException.NotFound("Commit", commit);
}
