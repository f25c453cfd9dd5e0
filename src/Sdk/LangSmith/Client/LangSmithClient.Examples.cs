using System.Globalization;
using System.Runtime.CompilerServices;
using LangSmith.Capture;
using LangSmith.Client;
using LangSmith.Protocol;

namespace LangSmith;

/// <content>Examples of datasets.</content>
public sealed partial class LangSmithClient
{
    private static readonly string[] s_fieldsWithAttachments =
        ["id", "dataset_id", "inputs", "outputs", "metadata", "source_run_id", "created_at", "modified_at", "attachment_urls"];

    /// <summary>Adds an example to a dataset.</summary>
    /// <returns>The example's id.</returns>
    public async Task<Guid> CreateExampleAsync(Guid datasetId, ExampleInput example, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        return (await CreateExamplesAsync(datasetId, [example], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Adds examples to a dataset, a hundred a request.</summary>
    /// <returns>The examples' ids, in their order.</returns>
    /// <exception cref="LangSmithApiException">An example was refused; those of earlier hundreds are there.</exception>
    public async Task<IReadOnlyList<Guid>> CreateExamplesAsync(
        Guid datasetId, IEnumerable<ExampleInput> examples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var ids = new List<Guid>();
        foreach (var some in examples.Chunk(WireLimits.BatchOperationsMax))
        {
            var identified = some.Select(example => example with { Id = example.Id ?? Uuid7.NewGuid() }).ToArray();
            await SendExamplesAsync(HttpMethod.Post, datasetId, identified, cancellationToken).ConfigureAwait(false);
            ids.AddRange(identified.Select(example => example.Id!.Value));
        }

        return ids;
    }

    /// <summary>Reads an example; null when there is none.</summary>
    public Task<ExampleRecord?> ReadExampleAsync(Guid exampleId, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"/examples/{exampleId}", ClientJson.Default.ExampleRecord, cancellationToken);

    /// <summary>Lists examples, page by page as they are asked for.</summary>
    public async IAsyncEnumerable<ExampleRecord> ListExamplesAsync(
        ExampleQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = Conditions(query);
        var left = query.Limit ?? int.MaxValue;
        for (var offset = 0; left > 0;)
        {
            var limit = Math.Min(left, WireLimits.PageSizeMax);
            var path = string.Create(CultureInfo.InvariantCulture, $"/examples?limit={limit}&offset={offset}{conditions}");
            var page = await _api.CallAsync(HttpMethod.Get, path, null, ClientJson.Default.IReadOnlyListExampleRecord, cancellationToken)
                .ConfigureAwait(false);
            foreach (var example in page)
            {
                yield return example;
            }

            left -= page.Count;
            offset += page.Count;
            if (page.Count < limit)
            {
                yield break;
            }
        }
    }

    /// <summary>Changes an example; what is null stays as it is, and so do files of other names than those given.</summary>
    public async Task UpdateExampleAsync(Guid exampleId, ExampleInput example, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        if (example.Attachments is { Count: > 0 })
        {
            // Only the platform's route takes files, and it wants to know the dataset.
            var known = await ReadExampleAsync(exampleId, cancellationToken).ConfigureAwait(false)
                ?? throw new LangSmithApiException($"There is no example {exampleId}.", System.Net.HttpStatusCode.NotFound);
            await SendExamplesAsync(HttpMethod.Patch, known.DatasetId, [example with { Id = exampleId }], cancellationToken).ConfigureAwait(false);
            return;
        }

        var body = ExampleParts.Details(example);
        body["inputs"] = example.Inputs is null ? null : new CapturedJson(_json.CaptureObject(example.Inputs, "input"));
        body["outputs"] = example.Outputs is null ? null : new CapturedJson(_json.CaptureObject(example.Outputs, "output"));
        await _api.CallAsync(HttpMethod.Patch, $"/examples/{exampleId}", Given(body), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an example; earlier versions of its dataset keep it.</summary>
    public Task DeleteExampleAsync(Guid exampleId, CancellationToken cancellationToken = default) =>
        _api.CallAsync(HttpMethod.Delete, $"/examples/{exampleId}", null, cancellationToken);

    private Task<ExamplesAnswer> SendExamplesAsync(HttpMethod method, Guid datasetId, ExampleInput[] examples, CancellationToken cancellationToken)
    {
        // As the official SDKs do: an address that ends with the version already has it.
        var platform = Endpoint.AbsolutePath.EndsWith("/v1", StringComparison.Ordinal) ? "/platform" : "/v1/platform";
        return _api.SendAsync(
            method, $"{platform}/datasets/{datasetId}/examples", () => ExampleParts.Write(examples, _json), ClientJson.Default.ExamplesAnswer,
            cancellationToken);
    }

    private static string Conditions(ExampleQuery query)
    {
        var conditions = new List<(string Name, string Value)>();
        conditions.AddRange((query.Ids ?? []).Select(id => ("id", id.ToString("D"))));
        conditions.AddRange((query.Splits ?? []).Select(split => ("splits", split)));
        if (query.DatasetId is { } dataset)
        {
            conditions.Add(("dataset", dataset.ToString("D")));
        }

        if (Text(query.AsOf) is { } time)
        {
            conditions.Add(("as_of", time));
        }

        if (query.Filter is { } filter)
        {
            conditions.Add(("filter", filter));
        }

        if (query.IncludeAttachments)
        {
            conditions.AddRange(s_fieldsWithAttachments.Select(field => ("select", field)));
        }

        return string.Concat(conditions.Select(condition => $"&{condition.Name}={Uri.EscapeDataString(condition.Value)}"));
    }
}
