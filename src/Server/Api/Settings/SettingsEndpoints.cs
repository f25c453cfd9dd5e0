using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;

namespace LangSmith.Server.Api.Settings;

/// <summary>What belongs to a workspace as a whole: its handle, its retention.</summary>
internal static class SettingsEndpoints
{
    private const string General = "general";
    private const string Retention = "retention";
    private static readonly string[] s_tiers = ["longlived", "shortlived"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", (Delegate)ReadAsync);
        api.MapPost("/settings/handle", (Delegate)SetHandleAsync);
        api.MapGet("/ttl-settings", (Delegate)ReadRetentionAsync);
        api.MapPut("/ttl-settings", (Delegate)SetRetentionAsync);
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

    private static async Task<IResult> ReadRetentionAsync(HttpContext context)
    {
        var stored = await context.Shelf(DocumentKinds.Settings).FindAsync(Retention);
        return JsonBody.List([ShowRetention(context, stored is null ? [] : Shelf.Json(stored))]);
    }

    private static async Task<IResult> SetRetentionAsync(HttpContext context)
    {
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var tier = fields.Required("default_trace_tier");
        if (!s_tiers.Contains(tier, StringComparer.Ordinal))
        {
            throw ProblemException.Invalid($"'default_trace_tier' is '{tier}'; give one of {string.Join(", ", s_tiers)}.");
        }

        var json = new JsonObject { ["default_trace_tier"] = tier, ["apply_to_all_projects"] = fields.Flag("apply_to_all_projects") ?? false };
        await SaveAsync(context, Retention, json);
        return JsonBody.Of(ShowRetention(context, json));
    }

    private static JsonObject ShowRetention(HttpContext context, JsonObject stored) => new()
    {
        ["tenant_id"] = context.Workspace().Value.ToString(),
        ["default_trace_tier"] = (string?)stored["default_trace_tier"] ?? s_tiers[0],
        ["apply_to_all_projects"] = (bool?)stored["apply_to_all_projects"] ?? false,
    };

    private static async Task SaveAsync(HttpContext context, string name, JsonObject json)
    {
        var shelf = context.Shelf(DocumentKinds.Settings);
        var (document, created) = await shelf.CreateAsync(json.DeepClone().AsObject(), name: name);
        if (!created)
        {
            await shelf.UpdateAsync(document.Id, stored =>
            {
                foreach (var (key, value) in json)
                {
                    stored[key] = value?.DeepClone();
                }
            });
        }
    }
}
