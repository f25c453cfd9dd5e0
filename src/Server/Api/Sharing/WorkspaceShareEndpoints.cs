using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Sharing;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Sharing;

/// <summary>Everything that a workspace shows to anybody who has a token, in one list, to be taken back at once.</summary>
internal static class WorkspaceShareEndpoints
{
    private const int PageSizeDefault = 50;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workspaces/current/shared", ListAsync);
        api.MapDelete("/workspaces/current/shared", (Delegate)UnshareAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore runs, ICatalogue catalogue)
    {
        var values = new RequestValues(context.Request);
        var all = await SharesAsync(context);
        var shown = new JsonArray();
        foreach (var share in all.Skip(values.Offset).Take(values.Number("limit", PageSizeDefault, 1, 100)))
        {
            shown.Add(share.Kind == SharedRuns.DocumentKind ? await ShowRunAsync(context, share, runs, catalogue) : await ShowDatasetAsync(context, share));
        }

        return JsonBody.Of(new JsonObject { ["entities"] = shown });
    }

    private static async Task<IResult> UnshareAsync(HttpContext context)
    {
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var tokens = body.Ids("share_tokens");
        var all = body.Flag("unshare_all") == true;
        if (tokens.Count == 0 && !all)
        {
            throw ProblemException.Invalid("Give 'share_tokens', or 'unshare_all'.");
        }

        foreach (var share in (await SharesAsync(context)).Where(share => all || tokens.Contains(share.Id)))
        {
            await context.Shelf(share.Kind).DeleteAsync(share.Id);
        }

        return JsonBody.Message("No longer shared");
    }

    /// <summary>Newest first.</summary>
    private static async Task<IReadOnlyList<Document>> SharesAsync(HttpContext context)
    {
        var runs = await context.Shelf(SharedRuns.DocumentKind).ListAsync();
        var datasets = await context.Shelf(DocumentKinds.DatasetShare).ListAsync();
        return [.. runs.Concat(datasets).OrderByDescending(share => share.CreatedAt)];
    }

    private static async Task<JsonObject> ShowRunAsync(HttpContext context, Document share, IRunStore runs, ICatalogue catalogue)
    {
        var id = Guid.Parse((string)Shelf.Json(share)["run_id"]!);
        var run = await runs.FindAsync(context.Workspace(), id, RunPayload.None, context.RequestAborted);
        var project = run is null ? null : await catalogue.FindProjectAsync(context.Workspace(), run.ProjectId, context.RequestAborted);
        return new JsonObject
        {
            ["type"] = "run",
            ["share_token"] = share.Id.ToString(),
            ["created_at"] = WireWriting.Text(share.CreatedAt),
            ["run_id"] = id.ToString(),
            ["run_name"] = run?.Name,
            ["run_type"] = run?.RunType,
            ["session_id"] = run?.ProjectId.ToString(),
            ["session_name"] = project?.Name,
        };
    }

    private static async Task<JsonObject> ShowDatasetAsync(HttpContext context, Document share)
    {
        var id = Guid.Parse((string)Shelf.Json(share)["dataset_id"]!);
        return new JsonObject
        {
            ["type"] = "dataset",
            ["share_token"] = share.Id.ToString(),
            ["created_at"] = WireWriting.Text(share.CreatedAt),
            ["dataset_id"] = id.ToString(),
            ["dataset_name"] = (await context.Shelf(DocumentKinds.Dataset).FindAsync(id))?.Name,
        };
    }
}
