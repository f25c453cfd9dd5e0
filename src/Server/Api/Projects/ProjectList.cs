using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Query;
using LangSmith.Server.Query.Evaluation;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Projects;

/// <summary>Which projects a request lists.</summary>
internal sealed class ProjectList(RequestValues values, ProjectQuery query, ProjectOrder? order)
{
    private readonly JsonElement? _metadata = values.JsonObject("metadata");
    private readonly RunFilter? _filter = FilterText.Parse("filter", values.Text("filter"));
    private readonly DateTimeOffset? _datasetVersion = values.Time("dataset_version");

    /// <summary>What both versions of the list can be asked by.</summary>
    public static ProjectQuery Query(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        return new ProjectQuery
        {
            Workspace = context.Workspace(),
            Ids = values.Ids("id"),
            Name = values.Text("name"),
            NameContains = values.Text("name_contains"),
        };
    }

    /// <summary>Reads a page of them.</summary>
    public async Task<IReadOnlyList<Project>> ReadAsync(
        int offset, int limit, ICatalogue catalogue, FigureReading statistics, CancellationToken cancellationToken)
    {
        if (_metadata is null && _filter is null && _datasetVersion is null && order is null)
        {
            return await catalogue.ListProjectsAsync(query with { Offset = offset, Limit = limit }, cancellationToken);
        }

        var found = await catalogue.ListProjectsAsync(query with { Limit = int.MaxValue }, cancellationToken);
        IReadOnlyList<Project> projects = [.. found.Where(Matches)];
        projects = order is null ? projects : await order.ApplyAsync(projects, statistics, cancellationToken);
        return [.. projects.Skip(offset).Take(limit)];
    }

    private bool Matches(Project project)
    {
        var metadata = Metadata(project);
        return (_metadata is not { } wanted || (metadata is { } own && JsonContainment.Contains(own, wanted)))
            && (_datasetVersion is not { } version || (metadata is { } said && Version(said) == version))
            && (_filter is null || _filter.Matches(Subject(project, metadata)));
    }

    private static JsonElement? Metadata(Project project) =>
        !project.Extra.IsEmpty && JsonElement.Parse(project.Extra.Span) is { ValueKind: JsonValueKind.Object } extra
        && extra.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? metadata
            : null;

    // Clients note the version of the dataset in the metadata of their experiments.
    private static DateTimeOffset? Version(JsonElement metadata) =>
        metadata.TryGetProperty("dataset_version", out var version) && LenientTime.TryRead(version, out var time) ? time : null;

    private static RunSubject Subject(Project project, JsonElement? metadata) => new FilteredRecord
    {
        Workspace = project.Workspace,
        Id = project.Id,
        Name = project.Name,
        StartTime = project.StartTime,
        EndTime = project.EndTime,
        Metadata = metadata is { } given ? JsonNode.Parse(given.GetRawText()) : null,
        ReferenceDatasetId = project.ReferenceDatasetId,
    }.ToSubject();
}
