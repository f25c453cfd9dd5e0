using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Settings;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prompts;

/// <summary>Finds what <c>{owner}/{repo}</c> and <c>{commit}</c> in a path mean.</summary>
internal static class PromptAddress
{
    private const int HashPrefixMin = 8;

    /// <summary>Finds a repository of the own workspace: <c>-</c>, its id and its handle all mean it.</summary>
    public static async Task<Document> RepositoryAsync(HttpContext context, string owner, string repo)
    {
        if (owner != "-" && owner != context.Workspace().Value.ToString()
            && owner != await SettingsEndpoints.HandleAsync(context))
        {
            throw ProblemException.NotFound("Prompt", $"{owner}/{repo}");
        }

        return await context.Shelf(DocumentKinds.Prompt).FindAsync(repo) ?? throw ProblemException.NotFound("Prompt", repo);
    }

    /// <summary>Finds a commit: <c>latest</c>, a tag, a hash or the first eight or more of its digits; null when there is none.</summary>
    public static async Task<Document?> CommitAsync(HttpContext context, Document repository, string commit)
    {
        if (commit == "latest")
        {
            return await LatestAsync(context, repository);
        }

        var commits = context.Shelf(DocumentKinds.PromptCommit);
        if (await context.Shelf(DocumentKinds.PromptTag).FindAsync(commit, repository.Id) is { } tag)
        {
            return await commits.FindAsync(Guid.Parse((string)Shelf.Json(tag)["commit_id"]!));
        }

        if (commit.Length < HashPrefixMin || commit.Any(c => !char.IsAsciiHexDigit(c)))
        {
            return null;
        }

        var found = await commits.ListAsync(query => query with { ParentId = repository.Id, NameContains = commit });
        return found.FirstOrDefault(c => c.Name!.StartsWith(commit, StringComparison.OrdinalIgnoreCase));
    }

    public static async Task<Document?> LatestAsync(HttpContext context, Document repository)
    {
        var newest = await context.Shelf(DocumentKinds.PromptCommit).ListAsync(query => query with { ParentId = repository.Id, Limit = 1 });
        return newest.Count > 0 ? newest[0] : null;
    }
}
