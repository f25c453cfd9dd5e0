using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Settings;

/// <summary>What belongs to a workspace as a whole: its handle.</summary>
internal static class SettingsEndpoints
{
    private const string General = "general";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", (Delegate)ReadAsync);
        api.MapPost("/settings/handle", (Delegate)SetHandleAsync);
    }

    /// <summary>The handle of a workspace; null while it has none.</summary>
    public static async Task<string?> HandleAsync(HttpContext context) =>
        await context.Shelf(DocumentKinds.Settings).FindAsync(General) is { } document ? (string?)Shelf.Json(document)["tenant_handle"] : null;

    private static async Task<IResult> ReadAsync(HttpContext context) => Show(context, await HandleAsync(context));

    private static async Task<IResult> SetHandleAsync(HttpContext context)
    {
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var handle = fields.Text("tenant_handle") ?? fields.Required("handle");
        if (handle.Length > 100 || handle.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            throw ProblemException.Invalid("A handle has 1 to 100 letters, digits, '-' and '_'.");
        }

        await SaveAsync(context, General, new JsonObject { ["tenant_handle"] = handle });
        return Show(context, handle);
    }

    private static JsonBody Show(HttpContext context, string? handle) => JsonBody.Of(new JsonObject
    {
        ["id"] = context.Workspace().Value.ToString(),
        ["display_name"] = "Default",
        ["created_at"] = WireWriting.Text(DateTimeOffset.UnixEpoch),
        ["tenant_handle"] = handle,
    });

    /// <summary>Keeps a setting of the request's workspace under its name; keys that it does not give stay.</summary>
    public static async Task<Document> SaveAsync(HttpContext context, string name, JsonObject json)
    {
        var shelf = context.Shelf(DocumentKinds.Settings);
        var (document, created) = await shelf.CreateAsync(json.DeepClone().AsObject(), name: name);
        return created ? document : await shelf.UpdateAsync(document.Id, stored =>
        {
            foreach (var (key, value) in json)
            {
                stored[key] = value?.DeepClone();
            }
        }) ?? document;
    }
}
