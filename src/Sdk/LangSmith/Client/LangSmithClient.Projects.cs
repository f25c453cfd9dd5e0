using System.Globalization;
using System.Runtime.CompilerServices;
using LangSmith.Client;
using LangSmith.Protocol;

namespace LangSmith;

/// <content>Projects.</content>
public sealed partial class LangSmithClient
{
    /// <summary>Creates a project.</summary>
    /// <param name="name">Its name, unique in the workspace.</param>
    /// <param name="description">What it is for; null for nothing.</param>
    /// <param name="upsert">Returns the project that has the name already, instead of failing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LangSmithApiException">With status 409: the name is taken.</exception>
    public Task<ProjectRecord> CreateProjectAsync(string name, string? description = null, bool upsert = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var body = Given(new Dictionary<string, object?> { ["name"] = name, ["description"] = description, ["id"] = Uuid7.NewGuid() });
        return _api.CallAsync(HttpMethod.Post, upsert ? "/sessions?upsert=true" : "/sessions", body, ClientJson.Default.ProjectRecord, cancellationToken);
    }

    /// <summary>Reads a project; null when there is none.</summary>
    public Task<ProjectRecord?> ReadProjectAsync(Guid projectId, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"/sessions/{projectId}", ClientJson.Default.ProjectRecord, cancellationToken);

    /// <summary>Finds a project by its name; null when there is none.</summary>
    public async Task<ProjectRecord?> FindProjectAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var found = await _api.CallAsync(
            HttpMethod.Get, $"/sessions?limit=1&name={Uri.EscapeDataString(name)}", null, ClientJson.Default.IReadOnlyListProjectRecord, cancellationToken)
            .ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Lists projects, newest first, page by page as they are asked for.</summary>
    /// <param name="nameContains">A text that the name contains; null for any name.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<ProjectRecord> ListProjectsAsync(
        string? nameContains = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var condition = nameContains is null ? "" : $"&name_contains={Uri.EscapeDataString(nameContains)}";
        for (var offset = 0; ; offset += WireLimits.PageSizeMax)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/sessions?limit={WireLimits.PageSizeMax}&offset={offset}{condition}");
            var page = await _api.CallAsync(HttpMethod.Get, path, null, ClientJson.Default.IReadOnlyListProjectRecord, cancellationToken).ConfigureAwait(false);
            foreach (var project in page)
            {
                yield return project;
            }

            if (page.Count < WireLimits.PageSizeMax)
            {
                yield break;
            }
        }
    }

    /// <summary>Changes a project; what is null stays as it is.</summary>
    public Task<ProjectRecord> UpdateProjectAsync(
        Guid projectId, string? name = null, string? description = null, CancellationToken cancellationToken = default) =>
        _api.CallAsync(
            HttpMethod.Patch, $"/sessions/{projectId}", Given(new Dictionary<string, object?> { ["name"] = name, ["description"] = description }),
            ClientJson.Default.ProjectRecord, cancellationToken);

    /// <summary>Deletes a project and its runs.</summary>
    public Task DeleteProjectAsync(Guid projectId, CancellationToken cancellationToken = default) =>
        _api.CallAsync(HttpMethod.Delete, $"/sessions/{projectId}", null, cancellationToken);
}
