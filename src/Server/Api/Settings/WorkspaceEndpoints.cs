using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Curation.Settings;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Settings;

/// <summary>Workspaces, which keep their runs and everything else apart. The server's own key rules them all.</summary>
internal static class WorkspaceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workspaces", (Delegate)ListAsync);
        api.MapGet("/tenants", (Delegate)ListAsync);
        api.MapPost("/workspaces", CreateAsync);
        api.MapGet("/workspaces/{workspaceId}", async (HttpContext context, string workspaceId) =>
            JsonBody.Of(await FindAsync(context, RequestValues.ParseId("workspace_id", workspaceId))));
        api.MapPatch("/workspaces/{workspaceId}", UpdateAsync);
        api.MapDelete("/workspaces/{workspaceId}", DeleteAsync);
        api.MapGet("/workspaces/current/secrets", (Delegate)ListSecretsAsync);
        api.MapPost("/workspaces/current/secrets", (Delegate)SetSecretsAsync);
        api.MapGet("/orgs", (HttpContext context) => JsonBody.List([Organization(context)]));
        api.MapGet("/orgs/current", (HttpContext context) => JsonBody.Of(Organization(context)));
        api.MapGet("/orgs/current/info", (HttpContext context) => JsonBody.Of(Organization(context)));
    }

    private static Shelf Workspaces(HttpContext context) => context.Shelf(DocumentKinds.Workspace, WorkspaceId.Default);

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        if (!context.Caller().IsAdministrator)
        {
            return JsonBody.List([await FindAsync(context, context.Workspace().Value)]);
        }

        var others = await Workspaces(context).ListAsync(query => query with { Ascending = true });
        return JsonBody.List([Default(), .. others.Select(Show)]);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ICatalogue catalogue, TimeProvider time)
    {
        RequireAdministrator(context);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var name = body.Required("display_name");
        var (workspace, created) = await Workspaces(context).CreateAsync(
            new JsonObject { ["display_name"] = name, ["tenant_handle"] = body.Text("tenant_handle") }, body.Id("id"), name);
        if (!created)
        {
            throw ProblemException.Conflict($"There is a workspace '{name}' already.");
        }

        await DefaultProject.EnsureAsync(catalogue, new WorkspaceId(workspace.Id), time, context.RequestAborted);
        return JsonBody.Of(Show(workspace));
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string workspaceId)
    {
        RequireAdministrator(context);
        var id = RequestValues.ParseId("workspace_id", workspaceId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var name = new BodyFields(document.RootElement).Required("display_name");
        try
        {
            var updated = await Workspaces(context).UpdateAsync(id, workspace =>
            {
                var json = Shelf.Json(workspace);
                json["display_name"] = name;
                return workspace with { Name = name, Json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(json) };
            });
            return JsonBody.Of(Show(updated ?? throw ProblemException.NotFound("Workspace", id)));
        }
        catch (DocumentNameTakenException exception)
        {
            throw ProblemException.Conflict($"There is a workspace '{exception.Name}' already. Choose another name.");
        }
    }

    /// <summary>Deletes a workspace's entry and keys: nobody reaches what it holds any more.</summary>
    private static async Task<IResult> DeleteAsync(HttpContext context, string workspaceId)
    {
        RequireAdministrator(context);
        var id = RequestValues.ParseId("workspace_id", workspaceId);
        if (!await Workspaces(context).DeleteAsync(id))
        {
            throw ProblemException.NotFound("Workspace", id);
        }

        var keys = context.Shelf(DocumentKinds.ApiKey, new WorkspaceId(id));
        foreach (var key in await keys.ListAsync())
        {
            await keys.DeleteAsync(key.Id);
        }

        return JsonBody.Message("Workspace deleted");
    }

    private static async Task<JsonObject> FindAsync(HttpContext context, Guid id)
    {
        var caller = context.Caller();
        if (!caller.IsAdministrator && id != caller.Workspace.Value)
        {
            throw ProblemException.NotFound("Workspace", id);
        }

        return id == WorkspaceId.Default.Value ? Default() : Show(await Workspaces(context).GetAsync("Workspace", id));
    }

    private static async Task<IResult> ListSecretsAsync(HttpContext context) => JsonBody.List(
        (await context.Shelf(DocumentKinds.Secret).ListAsync()).Select(secret => new JsonObject { ["key"] = secret.Name }));

    /// <summary>Keeps the names; values are refused, for the server has no use for them and no place to keep them safe.</summary>
    private static async Task<IResult> SetSecretsAsync(HttpContext context)
    {
        using var document = await RequestBodies.ReadJsonAsync(context);
        if (document.RootElement.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            throw ProblemException.Invalid("The body is an array of {key, value}.");
        }

        var shelf = context.Shelf(DocumentKinds.Secret);
        foreach (var body in document.RootElement.EnumerateArray().Select(item => new BodyFields(item)))
        {
            if (body.Value("value") is not null)
            {
                throw new ProblemException(StatusCodes.Status501NotImplemented, "This server runs no evaluators and keeps no secrets.");
            }

            if (await shelf.FindAsync(body.Required("key")) is { } known)
            {
                await shelf.DeleteAsync(known.Id);
            }
        }

        return JsonBody.Message("Secrets updated");
    }

    private static void RequireAdministrator(HttpContext context)
    {
        if (!context.Caller().IsAdministrator)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Only the server's own key may do this.");
        }
    }

    private static JsonObject Organization(HttpContext context) => new()
    {
        ["id"] = WorkspaceId.Default.Value.ToString(),
        ["display_name"] = "Default",
        ["is_personal"] = false,
        ["tier"] = "enterprise",
        ["config"] = new JsonObject(),
        ["disabled"] = false,
        ["connected_to_stripe"] = false,
        ["connected_to_metronome"] = false,
        ["has_cancelled"] = false,
        ["read_only"] = context.Caller().IsReadOnly,
        ["created_at"] = WireWriting.Text(DateTimeOffset.UnixEpoch),
    };

    private static JsonObject Default() => Describe(WorkspaceId.Default.Value, "Default", null, DateTimeOffset.UnixEpoch);

    private static JsonObject Show(Document workspace)
    {
        var json = Shelf.Json(workspace);
        return Describe(workspace.Id, (string)json["display_name"]!, (string?)json["tenant_handle"], workspace.CreatedAt);
    }

    private static JsonObject Describe(Guid id, string name, string? handle, DateTimeOffset created) => new()
    {
        ["id"] = id.ToString(),
        ["organization_id"] = WorkspaceId.Default.Value.ToString(),
        ["display_name"] = name,
        ["tenant_handle"] = handle,
        ["is_personal"] = false,
        ["is_deleted"] = false,
        ["created_at"] = WireWriting.Text(created),
        ["role_id"] = null,
        ["permissions"] = new JsonArray(),
        ["read_only"] = false,
    };
}
