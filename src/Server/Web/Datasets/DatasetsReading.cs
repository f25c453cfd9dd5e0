using System.Text.Json;
using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Explore.Statistics;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Datasets;

/// <summary>Reads what the pages of datasets show. Thread-safe.</summary>
internal sealed class DatasetsReading(IDocumentStore documents, IExampleStore examples, ICatalogue catalogue, FigureReading figures)
{
    public const int PageSize = 50;

    private const int DatasetsMax = 200;
    private const int ExperimentsMax = 100;
    private const int VersionsMax = 200;

    public async Task<DatasetsModel> ListAsync(WorkspaceId workspace, string find, Uri origin, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery
        {
            Workspace = workspace,
            Kind = DocumentKinds.Dataset,
            NameContains = find.Length == 0 ? null : find,
            Limit = DatasetsMax,
        };
        Dataset[] found = [.. (await documents.ListAsync(query, cancellationToken)).Select(Dataset.Of)];
        var experiments = found.Length == 0 ? [] : await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = workspace, ReferenceDatasetIds = [.. found.Select(dataset => dataset.Id)], Limit = Shelf.All }, cancellationToken);
        var byDataset = experiments.ToLookup(experiment => experiment.ReferenceDatasetId!.Value);
        var rows = new List<DatasetRow>(found.Length);
        foreach (var dataset in found)
        {
            var count = await examples.CountAsync(new ExampleQuery { Workspace = workspace, DatasetId = dataset.Id }, cancellationToken);
            var own = byDataset[dataset.Id].ToList();
            rows.Add(new DatasetRow(dataset, count, own.Count, own.Count == 0 ? null : own.Max(experiment => experiment.StartTime)));
        }

        return new DatasetsModel(find, rows, origin);
    }

    public async Task<Dataset?> FindAsync(WorkspaceId workspace, Guid id, CancellationToken cancellationToken) =>
        await documents.FindAsync(workspace, DocumentKinds.Dataset, id, cancellationToken) is { } document ? Dataset.Of(document) : null;

    /// <summary>Reads a dataset; null when there is none, or not in this version.</summary>
    public async Task<DatasetModel?> ReadAsync(WorkspaceId workspace, Guid id, DatasetAddress address, Uri origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, id, cancellationToken) is not { } dataset)
        {
            return null;
        }

        var tags = await TagsAsync(workspace, id, cancellationToken);
        var asOf = AsOf(address.AsOf, tags);
        if (address.AsOf is not null && asOf is null)
        {
            return null;
        }

        var query = new ExampleQuery { Workspace = workspace, DatasetId = id, AsOf = asOf, Splits = address.Split is { } split ? [split] : [] };
        var experiments = await ExperimentsAsync(workspace, id, cancellationToken);
        var model = new DatasetModel
        {
            Dataset = dataset,
            Address = address,
            Total = await examples.CountAsync(query, cancellationToken),
            ExperimentCount = experiments.Count,
            Origin = origin,
        };
        return address.Tab switch
        {
            "experiments" => model with { Experiments = await FiguresAsync(workspace, experiments, cancellationToken) },
            "versions" => model with { Versions = await VersionsAsync(workspace, id, tags, cancellationToken) },
            _ => model with
            {
                Examples = [.. (await examples.ListAsync(
                    query with { Offset = address.Page * PageSize, Limit = PageSize, Descending = true }, cancellationToken)).Select(Row)],
                Splits = await SplitsAsync(workspace, id, asOf, cancellationToken),
            },
        };
    }

    /// <summary>Reads an example; null when there is none in this version of the dataset.</summary>
    public async Task<ExampleModel?> ExampleAsync(WorkspaceId workspace, Guid datasetId, Guid exampleId, string? asOf, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, datasetId, cancellationToken) is not { } dataset)
        {
            return null;
        }

        var time = asOf is null ? null : AsOf(asOf, await TagsAsync(workspace, datasetId, cancellationToken));
        return await examples.FindAsync(workspace, exampleId, time, cancellationToken) is { } example && example.DatasetId == datasetId
            ? new ExampleModel
            {
                Dataset = dataset,
                Example = example,
                Form = ExampleForm.Of(example),
                Inputs = PayloadModel.Read(example.Inputs),
                Outputs = PayloadModel.Read(example.Outputs),
                AsOf = asOf,
            }
            : null;
    }

    /// <summary>Reads a dataset by the token of its share; null when nothing is shared under it.</summary>
    public async Task<SharedDatasetModel?> SharedAsync(string token, int page, CancellationToken cancellationToken)
    {
        if (await SharedDatasets.FindAsync(documents, token, cancellationToken) is not { } document)
        {
            return null;
        }

        var query = new ExampleQuery { Workspace = document.Workspace, DatasetId = document.Id, Descending = true };
        var found = await examples.ListAsync(
            query with { Offset = page * SharedDatasetModel.PageSize, Limit = SharedDatasetModel.PageSize }, cancellationToken);
        return new SharedDatasetModel(
            token, Dataset.Of(document), await examples.CountAsync(query, cancellationToken), page,
            [.. found.Select(example => (example, PayloadModel.Read(example.Inputs), PayloadModel.Read(example.Outputs)))]);
    }

    /// <summary>The experiments of a dataset, newest first.</summary>
    public async Task<IReadOnlyList<Project>> ExperimentsAsync(WorkspaceId workspace, Guid dataset, CancellationToken cancellationToken) =>
        await catalogue.ListProjectsAsync(
            new ProjectQuery { Workspace = workspace, ReferenceDatasetIds = [dataset], Limit = ExperimentsMax }, cancellationToken);

    public async Task<IReadOnlyList<ExperimentRow>> FiguresAsync(
        WorkspaceId workspace, IReadOnlyList<Project> experiments, CancellationToken cancellationToken)
    {
        var rows = new List<ExperimentRow>(experiments.Count);
        foreach (var experiment in experiments)
        {
            var read = await figures.OfProjectAsync(workspace, experiment.Id, null, cancellationToken);
            rows.Add(new ExperimentRow(experiment, read.Figures, read.Feedback ?? []));
        }

        return rows;
    }

    public static ExampleRow Row(StoredExample example) =>
        new(
            example.Id, PreviewOf(example.Inputs, isInputs: true), PreviewOf(example.Outputs, isInputs: false), example.Splits,
            example.SourceRunId, example.ModifiedAt);

    private static string PreviewOf(ReadOnlyMemory<byte> json, bool isInputs)
    {
        if (json.IsEmpty)
        {
            return "";
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        return isInputs ? Preview.OfInputs(document.RootElement) : Preview.OfOutputs(document.RootElement);
    }

    private async Task<IReadOnlyList<string>> SplitsAsync(WorkspaceId workspace, Guid dataset, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var all = await examples.ListAsync(
            new ExampleQuery { Workspace = workspace, DatasetId = dataset, AsOf = asOf, Limit = Shelf.All }, cancellationToken);
        return [.. all.SelectMany(example => example.Splits).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<VersionRow>> VersionsAsync(
        WorkspaceId workspace, Guid dataset, ILookup<DateTimeOffset, string> tags, CancellationToken cancellationToken)
    {
        var versions = await examples.ListVersionsAsync(workspace, dataset, cancellationToken);
        return [.. versions.Take(VersionsMax).Select(version => new VersionRow(version, [.. tags[version].Order(StringComparer.Ordinal)]))];
    }

    private async Task<ILookup<DateTimeOffset, string>> TagsAsync(WorkspaceId workspace, Guid dataset, CancellationToken cancellationToken)
    {
        var found = await documents.ListAsync(
            new DocumentQuery { Workspace = workspace, Kind = DocumentKinds.DatasetTag, ParentId = dataset, Limit = Shelf.All }, cancellationToken);
        return found
            .Select(tag => (Name: tag.Name ?? "", IsTime: DocumentTime.TryParse(Shelf.Json(tag).Text("as_of"), out var time), Time: time))
            .Where(tag => tag.IsTime)
            .ToLookup(tag => tag.Time, tag => tag.Name);
    }

    private static DateTimeOffset? AsOf(string? text, ILookup<DateTimeOffset, string> tags) =>
        text is null ? null
        : DocumentTime.TryParse(text, out var time) ? time
        : tags.Where(tag => tag.Contains(text)).Select(tag => (DateTimeOffset?)tag.Key).FirstOrDefault();
}
