using System.Globalization;
using System.Runtime.CompilerServices;
using LangSmith.Client;
using LangSmith.Protocol;

namespace LangSmith;

/// <content>Datasets.</content>
public sealed partial class LangSmithClient
{
    /// <summary>Creates a dataset.</summary>
    /// <param name="name">Its name, unique in the workspace.</param>
    /// <param name="description">What it is for; null for nothing.</param>
    /// <param name="metadata">The metadata; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LangSmithApiException">With status 409: the name is taken.</exception>
    public Task<DatasetRecord> CreateDatasetAsync(
        string name, string? description = null, IReadOnlyDictionary<string, object?>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var body = Given(new Dictionary<string, object?>
        {
            ["id"] = Uuid7.NewGuid(),
            ["name"] = name,
            ["description"] = description,
            ["data_type"] = "kv",
            ["extra"] = metadata is null
                ? null
                : new Dictionary<string, object?> { ["metadata"] = metadata.ToDictionary(pair => pair.Key, pair => pair.Value) },
        });
        return _api.CallAsync(HttpMethod.Post, "/datasets", body, ClientJson.Default.DatasetRecord, cancellationToken);
    }

    /// <summary>Reads a dataset; null when there is none.</summary>
    public Task<DatasetRecord?> ReadDatasetAsync(Guid datasetId, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"/datasets/{datasetId}", ClientJson.Default.DatasetRecord, cancellationToken);

    /// <summary>Finds a dataset by its name; null when there is none.</summary>
    public async Task<DatasetRecord?> FindDatasetAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var path = $"/datasets?limit=1&name={Uri.EscapeDataString(name)}";
        var found = await _api.CallAsync(HttpMethod.Get, path, null, ClientJson.Default.IReadOnlyListDatasetRecord, cancellationToken)
            .ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Lists datasets, page by page as they are asked for.</summary>
    /// <param name="nameContains">A text that the name contains; null for any name.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<DatasetRecord> ListDatasetsAsync(
        string? nameContains = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var condition = nameContains is null ? "" : $"&name_contains={Uri.EscapeDataString(nameContains)}";
        for (var offset = 0; ; offset += WireLimits.PageSizeMax)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/datasets?limit={WireLimits.PageSizeMax}&offset={offset}{condition}");
            var page = await _api.CallAsync(HttpMethod.Get, path, null, ClientJson.Default.IReadOnlyListDatasetRecord, cancellationToken)
                .ConfigureAwait(false);
            foreach (var dataset in page)
            {
                yield return dataset;
            }

            if (page.Count < WireLimits.PageSizeMax)
            {
                yield break;
            }
        }
    }

    /// <summary>Changes a dataset; what is null stays as it is.</summary>
    public Task UpdateDatasetAsync(Guid datasetId, string? name = null, string? description = null, CancellationToken cancellationToken = default) =>
        _api.CallAsync(
            HttpMethod.Patch, $"/datasets/{datasetId}",
            Given(new Dictionary<string, object?> { ["name"] = name, ["description"] = description }), cancellationToken);

    /// <summary>Deletes a dataset and its examples.</summary>
    public Task DeleteDatasetAsync(Guid datasetId, CancellationToken cancellationToken = default) =>
        _api.CallAsync(HttpMethod.Delete, $"/datasets/{datasetId}", null, cancellationToken);
}
