using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Prompts;

/// <summary>Names that people give to commits of a prompt, and move from one commit to the next.</summary>
public static class PromptTags
{
    /// <summary>Puts a tag on a commit; one that is elsewhere already is moved, and remembers where it was, the latest first.</summary>
    /// <param name="tags">The shelf of <see cref="DocumentKinds.PromptTag"/>.</param>
    /// <param name="prompt">The prompt that the commit is of.</param>
    /// <param name="name">The tag.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="commitHash">The commit's own name.</param>
    /// <param name="now">The time of the move.</param>
    public static async Task<Document> SetAsync(Shelf tags, Guid prompt, string name, Guid commit, string? commitHash, DateTimeOffset now)
    {
        var (tag, created) = await tags.CreateAsync(
            new JsonObject { ["commit_id"] = commit.ToString(), ["commit_hash"] = commitHash, ["history"] = new JsonArray(Step()) },
            name: name, parentId: prompt);
        return created ? tag : await tags.UpdateAsync(tag.Id, stored =>
        {
            stored["commit_id"] = commit.ToString();
            stored["commit_hash"] = commitHash;
            (stored["history"] as JsonArray)?.Insert(0, Step());
        }) ?? tag;

        JsonObject Step() => new()
        {
            ["id"] = Uuid7.NewGuid(now).ToString(),
            ["commit_id"] = commit.ToString(),
            ["commit_hash"] = commitHash,
            ["created_at"] = DocumentTime.Print(now),
        };
    }
}
