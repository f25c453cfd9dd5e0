using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Curation.Keys;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Access;

/// <summary>The API keys of a workspace. A key is shown once, when it is made; only its hash is kept.</summary>
internal static class ApiKeyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var path in (string[])["/api-key", "/api-key/current"])
        {
            api.MapGet(path, (Delegate)ListAsync);
            api.MapPost(path, (Delegate)CreateAsync);
            api.MapDelete($"{path}/{{keyId}}", async (HttpContext context, string keyId) =>
            {
                var id = RequestValues.ParseId("api_key_id", keyId);
                var key = await context.Shelf(DocumentKinds.ApiKey).GetAsync("API key", id);
                await context.Shelf(DocumentKinds.ApiKey).DeleteAsync(id);
                return JsonBody.Of(Show(key));
            });
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context) =>
        JsonBody.List((await context.Shelf(DocumentKinds.ApiKey).ListAsync()).Select(Show));

    private static async Task<IResult> CreateAsync(HttpContext context, TimeProvider time)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var expires = body.Time("expires_at");
        if (expires <= time.GetUtcNow())
        {
            throw ProblemException.Invalid("'expires_at' has passed already.");
        }

        var (key, created) = await ApiKeys.CreateAsync(
            context.Shelf(DocumentKinds.ApiKey), body.Text("description") ?? "", body.Flag("read_only") ?? false, expires);
        var shown = Show(created);
        shown["key"] = key;
        return JsonBody.Of(shown);
    }

    private static JsonObject Show(Document key)
    {
        var json = Shelf.Json(key);
        json["id"] = key.Id.ToString();
        json["created_at"] = WireWriting.Text(key.CreatedAt);
        json["last_used_at"] = null;
        return json;
    }
}
