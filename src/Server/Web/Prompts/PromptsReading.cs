using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Web.Prompts;

/// <summary>Reads prompts and their commits. Thread-safe.</summary>
internal sealed class PromptsReading(IDocumentStore documents)
{
    private const int PromptsMax = 500;
    private const int CommitsMax = 1_000;
    private const int PrefixMin = 4;

    public async Task<PromptsModel> ListAsync(WorkspaceId workspace, string find, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.Prompt, NameContains = find.Length == 0 ? null : find, Limit = PromptsMax };
        var rows = new List<PromptRow>();
        foreach (var prompt in await documents.ListAsync(query, cancellationToken))
        {
            var ofPrompt = new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.PromptCommit, ParentId = prompt.Id, Limit = 1 };
            var latest = await documents.ListAsync(ofPrompt, cancellationToken) is [var newest, ..] ? newest : null;
            var json = Shelf.Json(prompt);
            rows.Add(new PromptRow(
                prompt.Name ?? "", json.Text("description"), json.Texts("tags"), await documents.CountAsync(ofPrompt, cancellationToken),
                latest?.Name, latest?.CreatedAt ?? prompt.ModifiedAt));
        }

        return new PromptsModel(find, [.. rows.OrderByDescending(row => row.ChangedAt)]);
    }

    public Task<Document?> FindAsync(WorkspaceId workspace, string name, CancellationToken cancellationToken) =>
        documents.FindAsync(workspace, DocumentKinds.Prompt, null, name, cancellationToken);

    /// <summary>Reads a prompt at a commit; null when there is no such prompt or commit.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="name">The prompt.</param>
    /// <param name="commit">A hash, the beginning of one, or a tag; null for the latest.</param>
    /// <param name="against">The commit to compare with; null for none.</param>
    /// <param name="origin">The server's own address.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<PromptModel?> ReadAsync(
        WorkspaceId workspace, string name, string? commit, string? against, Uri origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, name, cancellationToken) is not { } prompt)
        {
            return null;
        }

        var json = Shelf.Json(prompt);
        var found = await documents.ListAsync(
            new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.PromptCommit, ParentId = prompt.Id, Limit = CommitsMax }, cancellationToken);
        var tags = await TagsAsync(workspace, prompt.Id, cancellationToken);
        var commits = found.Select(document => Row(document, tags)).ToList();
        var shown = commit is null or "latest" ? commits.FirstOrDefault() : Find(commits, commit);
        if (shown is null && commit is not (null or "latest"))
        {
            return null;
        }

        var model = new PromptModel
        {
            Name = prompt.Name ?? "",
            Description = json.Text("description"),
            Readme = json.Text("readme"),
            Topics = json.Texts("tags"),
            Commits = commits,
            Shown = shown,
            Manifest = shown is null ? null : PromptManifest.Read(ManifestOf(found, shown)),
            Origin = origin,
        };
        return against is null || shown is null || Find(commits, against) is not { } other
            ? model
            : model with { Against = other, Difference = Difference(PromptManifest.Read(ManifestOf(found, other)), model.Manifest!) };
    }

    /// <summary>What changed in the words; in the whole manifest when the words are the same.</summary>
    private static IReadOnlyList<DiffLine> Difference(PromptManifest before, PromptManifest after) =>
        before.Text == after.Text ? DiffLine.Between(before.Json, after.Json) : DiffLine.Between(before.Text, after.Text);

    private static JsonNode? ManifestOf(IReadOnlyList<Document> commits, CommitRow row) =>
        Shelf.Json(commits.First(commit => commit.Id == row.Id))["manifest"];

    private static CommitRow? Find(List<CommitRow> commits, string name) =>
        commits.FirstOrDefault(commit => commit.Tags.Contains(name))
        ?? (name.Length < PrefixMin ? null : commits.FirstOrDefault(commit => commit.Hash.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static CommitRow Row(Document commit, ILookup<Guid?, string> tags) =>
        new(commit.Id, commit.Name ?? "", Shelf.Json(commit).Text("description"), commit.CreatedAt, [.. tags[commit.Id].Order(StringComparer.Ordinal)]);

    private async Task<ILookup<Guid?, string>> TagsAsync(WorkspaceId workspace, Guid prompt, CancellationToken cancellationToken)
    {
        var tags = await documents.ListAsync(
            new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.PromptTag, ParentId = prompt, Limit = CommitsMax }, cancellationToken);
        return tags.ToLookup(tag => Shelf.Json(tag).Id("commit_id"), tag => tag.Name ?? "");
    }
}
