using System.Security.Cryptography;
using System.Text;
using LangSmith.Protocol;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Curation.Keys;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Access;

/// <summary>Knows who a key belongs to, by its hash alone: nothing that is kept opens anything. Thread-safe.</summary>
internal sealed class KeyRing(ApiOptions options, IDocumentStore documents)
{
    private readonly byte[]? _serverHash = options.ApiKey is { } key ? Encoding.ASCII.GetBytes(ApiKeyText.Hash(key)) : null;

    /// <summary>Whether the server takes any key, and none.</summary>
    public bool IsOpen => _serverHash is null;

    /// <summary>Finds who calls; null when nobody known.</summary>
    /// <param name="context">The request.</param>
    /// <param name="hash">The hash of the key that it carries, see <see cref="ApiKeyText"/>; null when it carries none.</param>
    public async Task<Caller?> FindAsync(HttpContext context, string? hash)
    {
        if (IsOpen || (hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), _serverHash)))
        {
            return new Caller(await ChosenWorkspaceAsync(context), IsAdministrator: true, IsReadOnly: false);
        }

        // Looked up by hash: the time that it takes says nothing about a key.
        if (hash is null || await documents.FindAnywhereAsync(DocumentKinds.ApiKey, hash, context.RequestAborted) is not { } known)
        {
            return null;
        }

        var chosen = context.Request.Headers[WireHeaders.TenantId].ToString();
        if (RunId.TryParse(chosen, out var tenant) && tenant != known.Workspace.Value)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"The API key belongs to another workspace than '{tenant}'.");
        }

        return new Caller(known.Workspace, IsAdministrator: false, IsReadOnly: (bool?)Shelf.Json(known)["read_only"] == true);
    }

    /// <summary>The workspace that the header names when there is one, else the default: clients send ids that they made up.</summary>
    private async Task<WorkspaceId> ChosenWorkspaceAsync(HttpContext context)
    {
        var named = context.Request.Headers[WireHeaders.TenantId].ToString();
        if (named.Length == 0 && !ApiPathMiddleware.IsApi(context))
        {
            named = context.Request.Cookies[BrowserSessions.WorkspaceCookie] ?? "";
        }

        return RunId.TryParse(named, out var tenant) && tenant != WorkspaceId.Default.Value
            && await documents.FindAsync(WorkspaceId.Default, DocumentKinds.Workspace, tenant, context.RequestAborted) is not null
                ? new WorkspaceId(tenant)
                : WorkspaceId.Default;
    }
}
