using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Search;

/// <summary>Finds what people named: projects, datasets, annotation queues, prompts; and the last three and examples by id. Thread-safe.</summary>
internal sealed class NameSearch(ICatalogue catalogue, IDocumentStore documents, IExampleStore examples)
{
    private const int ProjectsMax = 8;
    private const int OthersMax = 4;

    private static readonly string[] s_kinds = [DocumentKinds.Dataset, DocumentKinds.Queue, DocumentKinds.Prompt];

    /// <summary>What has a text in its name; without a text, projects.</summary>
    public async Task<IReadOnlyList<FoundPage>> SuggestAsync(WorkspaceId workspace, string text, CancellationToken cancellationToken)
    {
        var query = new ProjectQuery { Workspace = workspace, NameContains = text.Length == 0 ? null : text, Limit = ProjectsMax };
        var found = (await catalogue.ListProjectsAsync(query, cancellationToken)).Select(Page).ToList();
        foreach (var kind in text.Length == 0 ? [] : s_kinds)
        {
            var named = new DocumentQuery { Workspace = workspace, Kind = kind, NameContains = text, Limit = OthersMax };
            found.AddRange((await documents.ListAsync(named, cancellationToken)).Select(document => Page(kind, document)));
        }

        return found;
    }

    /// <summary>What has exactly this name; null when nothing has.</summary>
    public async Task<FoundPage?> FindAsync(WorkspaceId workspace, string name, CancellationToken cancellationToken)
    {
        if (await catalogue.FindProjectAsync(workspace, name, cancellationToken) is { } project)
        {
            return Page(project);
        }

        foreach (var kind in s_kinds)
        {
            if (await documents.FindAsync(workspace, kind, null, name, cancellationToken) is { } document)
            {
                return Page(kind, document);
            }
        }

        return null;
    }

    /// <summary>The dataset, queue, prompt or example with an id; null when there is none.</summary>
    public async Task<FoundPage?> FindAsync(WorkspaceId workspace, Guid id, CancellationToken cancellationToken)
    {
        foreach (var kind in s_kinds)
        {
            if (await documents.FindAsync(workspace, kind, id, cancellationToken) is { } document)
            {
                return Page(kind, document);
            }
        }

        return await examples.FindAsync(workspace, id, null, cancellationToken) is { } example
            ? new FoundPage(id.ToString(), "example", Links.Example(example.DatasetId, id))
            : null;
    }

    private static FoundPage Page(Project project) => new(project.Name, "project", Links.Project(project.Name));

    private static FoundPage Page(string kind, Document document)
    {
        var name = document.Name ?? "";
        return kind == DocumentKinds.Dataset ? new FoundPage(name, "dataset", Links.Dataset(document.Id))
            : kind == DocumentKinds.Queue ? new FoundPage(name, "annotation queue", Links.Queue(document.Id))
            : new FoundPage(name, "prompt", Links.Prompt(name));
    }
}
