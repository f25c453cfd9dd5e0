using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Settings;

/// <summary>Who is in a workspace: whoever holds the key, and the people whom clients have entered.</summary>
/// <remarks>This server knows keys, not people: an entry is a record, and gives nobody a right. Keys do.</remarks>
internal static class MemberEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workspaces/current/members", (Delegate)ListAsync);
        api.MapPost("/workspaces/current/members", (Delegate)AddAsync);
        api.MapPatch("/workspaces/current/members/{identityId}", ChangeAsync);
        api.MapDelete("/workspaces/current/members/{identityId}", async (HttpContext context, string identityId) =>
        {
            var id = RequestValues.ParseId("identity_id", identityId);
            return await context.Shelf(DocumentKinds.Member).DeleteAsync(id)
                ? JsonBody.Message("Member removed")
                : throw ProblemException.NotFound("Member", id);
        });
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var entered = await context.Shelf(DocumentKinds.Member).ListAsync(query => query with { Ascending = true });
        return JsonBody.Of(new JsonObject
        {
            ["tenant_id"] = context.Workspace().Value.ToString(),
            ["members"] = new JsonArray([Holder(context), .. entered.Select(Show)]),
            ["pending"] = new JsonArray(),
        });
    }

    /// <summary>Enters a person by the id that the client has for them; again changes nothing.</summary>
    private static async Task<IResult> AddAsync(HttpContext context)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var user = body.Id("user_id") ?? body.Id("ls_user_id") ?? body.Id("org_identity_id")
            ?? throw ProblemException.Invalid("One of 'user_id', 'ls_user_id' and 'org_identity_id' must say who it is.");
        var json = new JsonObject
        {
            ["user_id"] = user.ToString(),
            ["read_only"] = body.Flag("read_only") ?? false,
            ["role_id"] = body.Id("role_id")?.ToString(),
        };
        return JsonBody.Of(Show((await context.Shelf(DocumentKinds.Member).CreateAsync(json, name: user.ToString())).Document));
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, string identityId)
    {
        var id = RequestValues.ParseId("identity_id", identityId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var (readOnly, role) = (body.Flag("read_only"), body.Id("role_id")?.ToString());
        var changed = await context.Shelf(DocumentKinds.Member).UpdateAsync(id, json =>
        {
            json["read_only"] = readOnly ?? json.Flag("read_only");
            json["role_id"] = role ?? json.Text("role_id");
        });
        return JsonBody.Of(Show(changed ?? throw ProblemException.NotFound("Member", id)));
    }

    private static JsonObject Holder(HttpContext context)
    {
        var workspace = context.Workspace().Value;
        var holder = Describe(workspace, workspace, workspace.ToString(), DateTimeOffset.UnixEpoch, context.Caller().IsReadOnly);
        holder["role_name"] = context.Caller().IsAdministrator ? "Admin" : "Editor";
        holder["full_name"] = "Holder of an API key";
        return holder;
    }

    private static JsonObject Show(Document member)
    {
        var json = Shelf.Json(member);
        var shown = Describe(member.Id, member.Workspace.Value, member.Name!, member.CreatedAt, json.Flag("read_only"));
        shown["role_id"] = json.Text("role_id");
        return shown;
    }

    private static JsonObject Describe(Guid id, Guid workspace, string user, DateTimeOffset created, bool readOnly) => new()
    {
        ["id"] = id.ToString(),
        ["organization_id"] = WorkspaceId.Default.Value.ToString(),
        ["tenant_id"] = workspace.ToString(),
        ["created_at"] = WireWriting.Text(created),
        ["user_id"] = user,
        ["ls_user_id"] = user,
        ["read_only"] = readOnly,
        ["role_id"] = null,
        ["role_name"] = null,
        ["access_scope"] = "workspace",
        ["email"] = null,
        ["full_name"] = null,
        ["linked_login_methods"] = new JsonArray(),
        ["is_disabled"] = false,
    };
}
