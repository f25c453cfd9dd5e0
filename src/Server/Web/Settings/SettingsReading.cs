using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Curation.Prices;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Pricing;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Settings;

/// <summary>Reads what the pages of settings show. Thread-safe.</summary>
internal sealed class SettingsReading(IDocumentStore documents, ICatalogue catalogue, RetentionRules retention)
{
    private const int ProjectsMax = 500;

    public async Task<IReadOnlyList<KeyRow>> KeysAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        [.. (await ListAsync(workspace, DocumentKinds.ApiKey, cancellationToken)).Select(KeyRow.Of)];

    public async Task<RetentionModel> RetentionAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var projects = await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = workspace, ReferenceFree = true, Limit = ProjectsMax }, cancellationToken);
        return new RetentionModel(
            [.. projects.OrderBy(project => project.Name, StringComparer.OrdinalIgnoreCase).Select(project => (project, retention.Of(project)))],
            retention.DefaultTier(workspace), retention.Longlived, retention.Shortlived);
    }

    public async Task<PricesModel> PricesAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var own = await ListAsync(workspace, DocumentKinds.ModelPrice, cancellationToken);
        return new PricesModel([.. own.Select(row => PriceRow.ToPrice(row.Id, Shelf.Json(row)))], BuiltInPrices.All);
    }

    public async Task<FeedbackKeysModel> FeedbackAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var configs = await ListAsync(workspace, DocumentKinds.FeedbackConfig, cancellationToken);
        return new FeedbackKeysModel([.. configs.Select(Row).OrderBy(row => row.Key, StringComparer.OrdinalIgnoreCase)]);
    }

    public async Task<WorkspacesModel> WorkspacesAsync(WorkspaceId current, bool isAdministrator, CancellationToken cancellationToken)
    {
        var all = await ListAsync(WorkspaceId.Default, DocumentKinds.Workspace, cancellationToken);
        IEnumerable<(Guid Id, string Name)> rows = [(WorkspaceId.Default.Value, "Default"), .. all.Select(workspace => (workspace.Id, workspace.Name ?? ""))];
        return new WorkspacesModel([.. rows.Where(row => isAdministrator || row.Id == current.Value)], current.Value, isAdministrator);
    }

    private static FeedbackKeyRow Row(Document document)
    {
        var json = Shelf.Json(document);
        var config = json["feedback_config"] as JsonObject ?? [];
        var kind = config.Text("type") ?? "any";
        var values = kind switch
        {
            "continuous" => $"{config["min"]?.ToJsonString() ?? "…"} to {config["max"]?.ToJsonString() ?? "…"}",
            "categorical" => string.Join(
                ", ", config.Objects("categories").Select(category => $"{VisibleText.Isolated(category.Text("label"))} = {category["value"]?.ToJsonString()}")),
            _ => "–",
        };
        return new FeedbackKeyRow(document.Id, document.Name ?? "", kind, values, json.Flag("is_lower_score_better"));
    }

    private Task<IReadOnlyList<Document>> ListAsync(WorkspaceId workspace, string kind, CancellationToken cancellationToken) =>
        documents.ListAsync(new DocumentQuery { Workspace = workspace, Kind = kind, Limit = Shelf.All }, cancellationToken);
}
