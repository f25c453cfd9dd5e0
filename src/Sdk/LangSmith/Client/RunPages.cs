namespace LangSmith.Client;

/// <summary>Where people look at runs.</summary>
internal static class RunPages
{
    public static bool IsHosted(Uri endpoint) => endpoint.Host.EndsWith("smith.langchain.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>The API's address without <c>api.</c> and the API's path.</summary>
    public static Uri AddressOf(Uri endpoint) =>
        new UriBuilder(endpoint)
        {
            Host = IsHosted(endpoint) ? endpoint.Host.Replace("api.", "", StringComparison.OrdinalIgnoreCase) : endpoint.Host,
            Path = "/",
        }.Uri;

    /// <summary>The page of a run, by its id alone; null for hosted LangSmith, where it depends on where the run is.</summary>
    public static Uri? Of(Uri endpoint, Guid runId) => IsHosted(endpoint) ? null : new Uri(AddressOf(endpoint), $"/r/{runId}");
}
