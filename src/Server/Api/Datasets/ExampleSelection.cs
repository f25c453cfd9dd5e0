using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Query;
using LangSmith.Server.Query.Evaluation;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>What of a list of examples the store does not know: filters of the language, texts, and orders other than that of creation.</summary>
/// <remarks>Datasets are small beside traces: their examples are gone through.</remarks>
internal sealed class ExampleSelection
{
    private const int AtOnce = 1_000;
    private static readonly string[] s_orders = ["recent", "recently_created", "id", "random"];

    private readonly RunFilter? _filter;
    private readonly IReadOnlyList<string> _texts;
    private readonly string _order;
    private readonly string _seed;

    public ExampleSelection(RequestValues values)
    {
        _filter = FilterText.Parse("filter", values.Text("filter"));
        _texts = values.List("full_text_contains");
        _order = values.Text("order")?.ToLowerInvariant() ?? s_orders[0];
        _seed = values.Text("random_seed") ?? "0";
        if (!s_orders.Contains(_order, StringComparer.Ordinal))
        {
            throw ProblemException.Invalid($"'order' is '{_order}'; give one of {string.Join(", ", s_orders)}.");
        }
    }

    /// <summary>Whether the store's own answer is the whole one.</summary>
    private bool IsStores => _filter is null && _texts.Count == 0 && _order is "recent" or "recently_created";

    /// <summary>A page of the examples.</summary>
    public async Task<IReadOnlyList<StoredExample>> ListAsync(ExampleQuery query, IExampleStore examples, CancellationToken cancellationToken)
    {
        if (IsStores)
        {
            return await examples.ListAsync(query, cancellationToken);
        }

        var found = await MatchingAsync(query, examples, cancellationToken);
        var ordered = _order switch
        {
            "id" => found.OrderBy(example => example.Id.ToString(), StringComparer.Ordinal),
            // The same seed is the same order, page by page.
            "random" => found.OrderBy(example => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{_seed}:{example.Id}"))),
            _ => found.AsEnumerable(),
        };
        return [.. ordered.Skip(query.Offset).Take(query.Limit)];
    }

    public async Task<int> CountAsync(ExampleQuery query, IExampleStore examples, CancellationToken cancellationToken) =>
        _filter is null && _texts.Count == 0
            ? await examples.CountAsync(query, cancellationToken)
            : (await MatchingAsync(query, examples, cancellationToken)).Count;

    private async Task<List<StoredExample>> MatchingAsync(ExampleQuery query, IExampleStore examples, CancellationToken cancellationToken)
    {
        var found = new List<StoredExample>();
        for (var next = query with { Offset = 0, Limit = AtOnce }; ; next = next with { Offset = next.Offset + AtOnce })
        {
            var page = await examples.ListAsync(next, cancellationToken);
            found.AddRange(page.Where(Matches));
            if (page.Count < AtOnce)
            {
                return found;
            }
        }
    }

    private bool Matches(StoredExample example) =>
        _texts.All(text => Holds(example.Inputs, text) || Holds(example.Outputs, text) || Holds(example.Metadata, text))
        && (_filter is null || _filter.Matches(Subject(example)));

    private static bool Holds(ReadOnlyMemory<byte> json, string text) =>
        SearchText.Contains(SearchText.OfJson(json.Span), SearchText.Of(text));

    private static RunSubject Subject(StoredExample example)
    {
        var metadata = example.Metadata.IsEmpty ? [] : JsonNode.Parse(example.Metadata.Span)?.AsObject() ?? [];
        metadata["dataset_split"] = new JsonArray([.. example.Splits.Select(split => JsonValue.Create(split))]);
        return new FilteredRecord
        {
            Workspace = example.Workspace,
            Id = example.Id,
            Name = ExampleJson.Name(example),
            StartTime = example.CreatedAt,
            Inputs = example.Inputs,
            Outputs = example.Outputs,
            Metadata = metadata,
            ReferenceDatasetId = example.DatasetId,
        }.ToSubject();
    }
}
