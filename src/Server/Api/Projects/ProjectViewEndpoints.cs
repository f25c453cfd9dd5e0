using System.Text.Json.Nodes;
using LangSmith.Protocol;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Runs;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Query;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Projects;

/// <summary>Saved filters of projects, and what their runs' metadata holds.</summary>
internal static class ProjectViewEndpoints
{
    private const int RunsLookedAtMax = 10_000;
    private static readonly string[] s_fields = ["display_name", "description", "filter_string", "trace_filter_string", "tree_filter_string"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions/{sessionId}/metadata", ReadMetadataAsync);
        api.MapGet("/sessions/{sessionId}/views", async (HttpContext context, string sessionId, ICatalogue catalogue) =>
        {
            var project = await ProjectEndpoints.FindAsync(context, sessionId, catalogue);
            return JsonBody.List((await context.Shelf(DocumentKinds.ProjectView).ListAsync(query => query with { ParentId = project.Id })).Select(Show));
        });
        api.MapPost("/sessions/{sessionId}/views", CreateAsync);
        api.MapGet("/sessions/{sessionId}/views/{viewId}", async (HttpContext context, string sessionId, string viewId) =>
            JsonBody.Of(Show(await FindAsync(context, sessionId, viewId))));
        api.MapPatch("/sessions/{sessionId}/views/{viewId}", UpdateAsync);
        api.MapDelete("/sessions/{sessionId}/views/{viewId}", async (HttpContext context, string sessionId, string viewId) =>
        {
            await context.Shelf(DocumentKinds.ProjectView).DeleteAsync((await FindAsync(context, sessionId, viewId)).Id);
            return Results.NoContent();
        });
    }

    private static async Task<IResult> CreateAsync(HttpContext context, string sessionId, ICatalogue catalogue)
    {
        var project = await ProjectEndpoints.FindAsync(context, sessionId, catalogue);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var json = new JsonObject();
        foreach (var field in s_fields)
        {
            json[field] = body.Text(field);
        }

        var (view, _) = await context.Shelf(DocumentKinds.ProjectView).CreateAsync(json, body.Id("id"), parentId: project.Id);
        return JsonBody.Of(Show(view));
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string sessionId, string viewId)
    {
        var view = await FindAsync(context, sessionId, viewId);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        var given = s_fields.Where(field => body.Value(field) is not null).ToDictionary(field => field, body.Text);
        var updated = await context.Shelf(DocumentKinds.ProjectView).UpdateAsync(view.Id, json =>
        {
            foreach (var (field, value) in given)
            {
                json[field] = value;
            }
        });
        return JsonBody.Of(Show(updated ?? view));
    }

    private static async Task<Document> FindAsync(HttpContext context, string sessionId, string viewId)
    {
        var view = await context.Shelf(DocumentKinds.ProjectView).GetAsync("View", RequestValues.ParseId("view_id", viewId));
        return view.ParentId == RequestValues.ParseId("session_id", sessionId) ? view : throw ProblemException.NotFound("View", viewId);
    }

    private static JsonObject Show(Document view)
    {
        var json = Shelf.Json(view);
        json["id"] = view.Id.ToString();
        json["session_id"] = view.ParentId?.ToString();
        json["created_at"] = WireWriting.Text(view.CreatedAt);
        json["updated_at"] = WireWriting.Text(view.ModifiedAt);
        return json;
    }

    /// <summary>The metadata keys of the newest runs, each with the values seen most.</summary>
    private static async Task<IResult> ReadMetadataAsync(HttpContext context, string sessionId, ICatalogue catalogue, RunReading reading)
    {
        var project = await ProjectEndpoints.FindAsync(context, sessionId, catalogue);
        var values = new RequestValues(context.Request);
        var keys = values.List("metadata_keys");
        var most = values.Number("k", 10, 1, 1_000);
        var query = new RunQuery
        {
            Workspace = context.Workspace(),
            Filter = new RunFilterBuilder()
                .Equal(RunProperty.ProjectId, project.Id)
                .Equal(RunProperty.IsRoot, values.Flag("root_runs_only") == true ? (FilterValue)true : null)
                .Started(values.Time("start_time"), null)
                .Build(),
            Payload = RunPayload.Extra,
        };
        var seen = new SortedDictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        await foreach (var run in reading.AllAsync(query, context.RequestAborted).Take(RunsLookedAtMax))
        {
            Count(run, keys, seen);
        }

        return JsonBody.Ok(writer =>
        {
            writer.WriteStartObject();
            foreach (var (key, counts) in seen)
            {
                writer.WriteTexts(key, counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most).Select(c => c.Key));
            }

            writer.WriteEndObject();
        });
    }

    private static void Count(RunRecord run, IReadOnlyList<string> keys, SortedDictionary<string, Dictionary<string, int>> seen)
    {
        if (run.Extra.IsEmpty)
        {
            return;
        }

        using var extra = LenientJson.Parse(run.Extra);
        if (!extra.RootElement.TryGetProperty(RunField.Metadata, out var metadata) || metadata.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in metadata.EnumerateObject())
        {
            if (keys.Count > 0 ? !keys.Contains(property.Name, StringComparer.Ordinal)
                : property.Value.ValueKind is System.Text.Json.JsonValueKind.Object or System.Text.Json.JsonValueKind.Array)
            {
                continue;
            }

            var counts = seen.TryGetValue(property.Name, out var known) ? known : seen[property.Name] = new Dictionary<string, int>(StringComparer.Ordinal);
            var value = LenientJson.Text(property.Value);
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }
    }
}
