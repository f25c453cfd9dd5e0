using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Finds datasets, and what <c>as_of</c> means: a time, a tag, or <c>latest</c>.</summary>
internal static class DatasetVersions
{
    public static Task<Document> FindAsync(HttpContext context, string datasetId) =>
        context.Shelf(DocumentKinds.Dataset).GetAsync("Dataset", RequestValues.ParseId("dataset_id", datasetId));

    /// <summary>The time of a version; null is the latest.</summary>
    public static async Task<DateTimeOffset?> TimeAsync(HttpContext context, Guid? datasetId, string? asOf)
    {
        if (string.IsNullOrEmpty(asOf) || asOf == "latest")
        {
            return null;
        }

        if (LenientTime.TryParse(asOf, out var time))
        {
            return time;
        }

        var tag = datasetId is null ? null : await context.Shelf(DocumentKinds.DatasetTag).FindAsync(asOf, datasetId);
        return tag is not null && LenientTime.TryParse((string?)Shelf.Json(tag)["as_of"], out var tagged)
            ? tagged
            : throw ProblemException.NotFound("Dataset version", asOf);
    }

    /// <summary>The newest version at or before a time; null when the dataset had none then.</summary>
    public static async Task<DateTimeOffset?> AtAsync(HttpContext context, Guid datasetId, DateTimeOffset? time)
    {
        var versions = await context.RequestServices.GetRequiredService<IExampleStore>()
            .ListVersionsAsync(context.Workspace(), datasetId, context.RequestAborted);
        return versions.Where(version => time is null || version <= time).Select(version => (DateTimeOffset?)version).FirstOrDefault();
    }
}
