using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Query;
using LangSmith.Server.Query.Evaluation;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Lists of datasets, by offset and by cursor.</summary>
internal static class DatasetList
{
    private static readonly string[] s_columns = ["name", "created_at", "last_session_start_time", "example_count", "session_count", "modified_at"];

    public static async Task<IResult> ReadAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        return JsonBody.List(await PageAsync(context, values.Flag("sort_by_desc") ?? true, values.Offset, values.Limit));
    }

    public static async Task<IResult> ReadV2Async(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        var (offset, size) = (OffsetCursor.Parse(values.Text("cursor")), values.Number("page_size", 20, 1, 100));
        var page = await PageAsync(context, values.Text("sort_order")?.ToLowerInvariant() != "asc", offset, size + 1);
        return RunEndpointsV2.Page(
            page.Take(size), OffsetCursor.Print(page.Count > size ? offset + size : null), (writer, dataset) => dataset.WriteTo(writer));
    }

    private static async Task<IReadOnlyList<JsonObject>> PageAsync(HttpContext context, bool descending, int offset, int limit)
    {
        var values = new RequestValues(context.Request);
        var column = values.Text("sort_by")?.ToLowerInvariant();
        if (column is not null && !s_columns.Contains(column, StringComparer.Ordinal))
        {
            throw ProblemException.Invalid($"'sort_by' is '{column}'; give one of {string.Join(", ", s_columns)}.");
        }

        var found = await MatchingAsync(context, values);
        // Some columns are counted for each: only an order by one of them needs all.
        var shown = new List<JsonObject>();
        foreach (var dataset in column is null ? found.Skip(offset).Take(limit) : found)
        {
            shown.Add(await DatasetEndpoints.ShowAsync(context, dataset));
        }

        return column is null ? shown : [.. Sorted(shown, column, descending).Skip(offset).Take(limit)];
    }

    private static async Task<IEnumerable<Document>> MatchingAsync(HttpContext context, RequestValues values)
    {
        var found = await context.Shelf(DocumentKinds.Dataset).ListAsync(query => query with
        {
            Ids = values.Ids("id"),
            Names = values.List("name"),
            NameContains = values.Text("name_contains"),
        });
        var types = values.List("data_type");
        var wanted = values.JsonObject("metadata");
        var filter = FilterText.Parse("filter", values.Text("filter"));
        return found.Where(dataset => types.Count == 0 || types.Contains((string?)Shelf.Json(dataset)["data_type"]))
            .Where(dataset => wanted is not { } metadata || Contains(dataset, metadata))
            .Where(dataset => filter is null || filter.Matches(Subject(dataset)));
    }

    /// <summary>Datasets without a value come last in both orders; texts compare as they are written, everywhere alike.</summary>
    private static IEnumerable<JsonObject> Sorted(IEnumerable<JsonObject> datasets, string column, bool descending)
    {
        var valuesFirst = datasets.OrderBy(dataset => dataset[column] is null);
        return column is "example_count" or "session_count"
            ? descending ? valuesFirst.ThenByDescending(dataset => (int?)dataset[column]) : valuesFirst.ThenBy(dataset => (int?)dataset[column])
            : descending
                ? valuesFirst.ThenByDescending(dataset => (string?)dataset[column], StringComparer.Ordinal)
                : valuesFirst.ThenBy(dataset => (string?)dataset[column], StringComparer.Ordinal);
    }

    private static bool Contains(Document dataset, JsonElement wanted) =>
        Shelf.Json(dataset)["metadata"] is { } metadata && JsonContainment.Contains(JsonSerializer.SerializeToElement(metadata), wanted);

    private static RunSubject Subject(Document dataset) => new FilteredRecord
    {
        Workspace = dataset.Workspace,
        Id = dataset.Id,
        Name = dataset.Name ?? "",
        StartTime = dataset.CreatedAt,
        Metadata = Shelf.Json(dataset)["metadata"],
    }.ToSubject();
}
