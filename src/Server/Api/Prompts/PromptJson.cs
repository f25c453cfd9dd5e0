using System.Text.Json.Nodes;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Api.Settings;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prompts;

/// <summary>Writes repositories, commits and tags of the prompt hub.</summary>
internal static class PromptJson
{
    public static async Task<JsonObject> RepositoryAsync(HttpContext context, Document repository, bool withManifest = false)
    {
        var stored = Shelf.Json(repository);
        var latest = await PromptAddress.LatestAsync(context, repository);
        var handle = await SettingsEndpoints.HandleAsync(context);
        var json = new JsonObject
        {
            ["id"] = repository.Id.ToString(),
            ["tenant_id"] = context.Workspace().Value.ToString(),
            ["repo_handle"] = repository.Name,
            ["owner"] = handle,
            ["full_name"] = $"{handle ?? "-"}/{repository.Name}",
            ["created_at"] = WireWriting.Text(repository.CreatedAt),
            ["updated_at"] = WireWriting.Text(latest is not null && latest.CreatedAt > repository.ModifiedAt ? latest.CreatedAt : repository.ModifiedAt),
            ["num_commits"] = await context.Shelf(DocumentKinds.PromptCommit).CountAsync(query => query with { ParentId = repository.Id }),
            ["last_commit_hash"] = latest?.Name,
            ["num_likes"] = (bool?)stored["liked"] == true ? 1 : 0,
            ["liked_by_auth_user"] = (bool?)stored["liked"] ?? false,
            ["num_downloads"] = 0,
            ["num_views"] = 0,
            ["original_repo_id"] = stored["original_repo_id"]?.DeepClone(),
            ["upstream_repo_id"] = stored["original_repo_id"]?.DeepClone(),
            ["original_repo_full_name"] = null,
            ["upstream_repo_full_name"] = null,
            ["created_by"] = null,
            ["source"] = "internal",
            ["commit_tags"] = new JsonArray([.. (await context.Shelf(DocumentKinds.PromptTag).ListAsync(query => query with { ParentId = repository.Id }))
                .Select(tag => JsonValue.Create(tag.Name))]),
        };
        foreach (var name in (string[])["description", "readme", "tags", "is_public", "is_archived", "restricted_mode", "repo_type"])
        {
            json[name] = stored[name]?.DeepClone();
        }

        if (withManifest)
        {
            json["latest_commit_manifest"] = latest is null ? null : Manifest(latest);
        }

        return json;
    }

    public static JsonObject Commit(Document commit)
    {
        var json = Shelf.Json(commit);
        return new JsonObject
        {
            ["id"] = commit.Id.ToString(),
            ["repo_id"] = commit.ParentId?.ToString(),
            ["commit_hash"] = commit.Name,
            ["parent_id"] = json["parent_id"]?.DeepClone(),
            ["parent_commit_hash"] = json["parent_commit_hash"]?.DeepClone(),
            ["description"] = json["description"]?.DeepClone(),
            ["manifest"] = json["manifest"]?.DeepClone(),
            ["created_at"] = WireWriting.Text(commit.CreatedAt),
            ["updated_at"] = WireWriting.Text(commit.ModifiedAt),
            ["num_downloads"] = 0,
            ["num_views"] = 0,
            ["example_run_ids"] = new JsonArray(),
        };
    }

    public static JsonObject Manifest(Document commit) => new()
    {
        ["commit_hash"] = commit.Name,
        ["manifest"] = Shelf.Json(commit)["manifest"]?.DeepClone(),
        ["examples"] = new JsonArray(),
    };

    public static JsonObject Tag(Document tag)
    {
        var json = Shelf.Json(tag);
        return new JsonObject
        {
            ["id"] = tag.Id.ToString(),
            ["repo_id"] = tag.ParentId?.ToString(),
            ["commit_id"] = json["commit_id"]?.DeepClone(),
            ["commit_hash"] = json["commit_hash"]?.DeepClone(),
            ["tag_name"] = tag.Name,
            ["created_at"] = WireWriting.Text(tag.CreatedAt),
            ["updated_at"] = WireWriting.Text(tag.ModifiedAt),
        };
    }

    /// <summary>Where a tag was before, the latest move first; its first one comes from nowhere.</summary>
    public static JsonObject TagHistory(Document tag, int offset, int limit)
    {
        var steps = Shelf.Json(tag)["history"] as JsonArray ?? [];
        return new JsonObject
        {
            ["total"] = steps.Count,
            ["transitions"] = new JsonArray([.. steps.Zip(steps.Skip(1).Append(null), (to, from) => (to, from)).Skip(offset).Take(limit)
                .Select(step => new JsonObject
                {
                    ["id"] = step.to?["id"]?.DeepClone(),
                    ["repo_id"] = tag.ParentId?.ToString(),
                    ["tag_name"] = tag.Name,
                    ["from_commit_id"] = step.from?["commit_id"]?.DeepClone(),
                    ["from_commit_hash"] = step.from?["commit_hash"]?.DeepClone(),
                    ["to_commit_id"] = step.to?["commit_id"]?.DeepClone(),
                    ["to_commit_hash"] = step.to?["commit_hash"]?.DeepClone(),
                    ["performed_by"] = null,
                    ["performed_by_name"] = null,
                    ["created_at"] = step.to?["created_at"]?.DeepClone(),
                })]),
        };
    }
}
