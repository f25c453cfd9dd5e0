using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prompts;

/// <summary>Repositories of agents and skills as folders: a commit holds all files by path, and gives those that change.</summary>
internal static class DirectoryEndpoints
{
    private const int FilesMax = 10_000;
    private const string Files = "files";
    private static readonly string[] s_kinds = ["file", "agent", "skill"];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string path = "/platform/hub/repos/{owner}/{repo}/directories";
        api.MapGet(path, ReadAsync);
        api.MapPost($"{path}/commits", CommitAsync);
        api.MapDelete(path, async (HttpContext context, string owner, string repo) =>
        {
            await context.Shelf(DocumentKinds.Prompt).DeleteAsync((await PromptAddress.RepositoryAsync(context, owner, repo)).Id);
            return Results.NoContent();
        });
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        var name = new RequestValues(context.Request).Text("commit") ?? "latest";
        var commit = await PromptAddress.CommitAsync(context, repository, name) ?? throw ProblemException.NotFound("Commit", name);
        return JsonBody.Of(new JsonObject
        {
            ["commit_id"] = commit.Id.ToString(),
            ["commit_hash"] = commit.Name,
            [Files] = FilesOf(commit),
        });
    }

    /// <summary>Paths that are given null go, others are set; what is not given stays.</summary>
    private static async Task<IResult> CommitAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        if (body.Value(Files) is not { ValueKind: JsonValueKind.Object } given)
        {
            throw ProblemException.BadRequest("'files' is an object of entries by path.");
        }

        var latest = await PromptAddress.LatestAsync(context, repository);
        if (body.Text("parent_commit") is { Length: > 0 } parent && (await PromptAddress.CommitAsync(context, repository, parent))?.Id != latest?.Id)
        {
            throw ProblemException.Conflict($"'{parent}' is not the latest commit: somebody else changed the directory. Read it again.");
        }

        var files = latest is null ? [] : FilesOf(latest);
        foreach (var file in given.EnumerateObject())
        {
            if (file.Value.ValueKind == JsonValueKind.Null)
            {
                files.Remove(file.Name);
            }
            else
            {
                files[file.Name] = Entry(file);
            }
        }

        if (files.Count > FilesMax)
        {
            throw ProblemException.BadRequest($"The directory would have more than {FilesMax:N0} files.");
        }

        var commit = await CommitEndpoints.StoreAsync(context, repository, latest, latest, new JsonObject { [Files] = files }, body.Text("description"));
        return JsonBody.Of(new JsonObject
        {
            ["commit"] = new JsonObject
            {
                ["id"] = commit.Id.ToString(),
                ["commit_hash"] = commit.Name,
                ["created_at"] = WireWriting.Text(commit.CreatedAt),
            },
        });
    }

    private static JsonNode Entry(JsonProperty file)
    {
        var type = file.Value.ValueKind == JsonValueKind.Object ? new BodyFields(file.Value).Text("type") : null;
        return type is not null && s_kinds.Contains(type, StringComparer.Ordinal) && file.Name.Length is > 0 and <= 1_000
            ? JsonNode.Parse(file.Value.GetRawText())!
            : throw ProblemException.BadRequest($"'{file.Name}' is no entry: give an object with a 'type' of {string.Join(", ", s_kinds)}.");
    }

    private static JsonObject FilesOf(Document commit) => Shelf.Json(commit)["manifest"]?[Files]?.DeepClone() as JsonObject ?? [];
}
