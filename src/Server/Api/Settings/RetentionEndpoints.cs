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

/// <summary>How long a workspace keeps its runs: the tier of projects that name none.</summary>
internal static class RetentionEndpoints
{
    private const string Name = WorkspaceRules.RetentionName;

    private const string DefaultTier = WorkspaceRules.DefaultTier;

    private const string ApplyToAll = "apply_to_all_projects";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ttl-settings", ReadAsync);
        api.MapPut("/ttl-settings", UpdateAsync);
    }

    /// <summary>Reads a tier; null when none is given.</summary>
    public static string? ReadTier(BodyFields body, string name) => body.Text(name) is not { } tier ? null
        : TraceTiers.All.Contains(tier) ? tier
        : throw ProblemException.Invalid($"'{name}' is '{tier}'; give one of {string.Join(", ", TraceTiers.All)}.");

    private static async Task<IResult> ReadAsync(HttpContext context, RetentionRules rules) =>
        JsonBody.List([Show(context, await context.Shelf(DocumentKinds.Settings).FindAsync(Name), rules)]);

    private static async Task<IResult> UpdateAsync(HttpContext context, RetentionRules retention, WorkspaceRules rules, ICatalogue catalogue)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var tier = ReadTier(body, DefaultTier) ?? throw ProblemException.Invalid($"'{DefaultTier}' is missing.");
        var all = body.Flag(ApplyToAll) ?? false;
        var stored = await SettingsEndpoints.SaveAsync(context, Name, new JsonObject { [DefaultTier] = tier, [ApplyToAll] = all });
        await rules.LoadAsync(context.Workspace(), context.RequestAborted);
        if (all)
        {
            await ApplyAsync(context, tier, catalogue);
        }

        return JsonBody.Of(Show(context, stored, retention));
    }

    private static async Task ApplyAsync(HttpContext context, string tier, ICatalogue catalogue)
    {
        var query = new ProjectQuery { Workspace = context.Workspace(), Limit = int.MaxValue };
        foreach (var project in await catalogue.ListProjectsAsync(query, context.RequestAborted))
        {
            if (project.TraceTier is not null && project.TraceTier != tier)
            {
                await catalogue.UpdateProjectAsync(project with { TraceTier = tier }, context.RequestAborted);
            }
        }
    }

    private static JsonObject Show(HttpContext context, Document? stored, RetentionRules rules) => new()
    {
        ["id"] = (stored?.Id ?? context.Workspace().Value).ToString(),
        ["tenant_id"] = context.Workspace().Value.ToString(),
        ["organization_id"] = WorkspaceId.Default.Value.ToString(),
        [DefaultTier] = rules.DefaultTier(context.Workspace()),
        [ApplyToAll] = stored is not null && ((bool?)Shelf.Json(stored)[ApplyToAll] ?? false),
        ["longlived_ttl_days"] = Days(rules.Longlived),
        ["shortlived_ttl_days"] = Days(rules.Shortlived),
        ["configured_by"] = stored is null ? "system" : "user",
        ["created_at"] = WireWriting.Text(stored?.CreatedAt ?? DateTimeOffset.UnixEpoch),
        ["updated_at"] = WireWriting.Text(stored?.ModifiedAt ?? DateTimeOffset.UnixEpoch),
    };

    private static int? Days(TimeSpan? time) => time is { } given ? (int)Math.Ceiling(given.TotalDays) : null;
}
