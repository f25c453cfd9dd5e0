using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Prompts;

/// <summary>The repositories of the prompt hub.</summary>
internal static class RepositoryEndpoints
{
    private static readonly string[] s_types = ["prompt", "file", "agent", "skill"];
    private static readonly string[] s_changeable = ["description", "readme", "tags", "is_public", "is_archived", "restricted_mode"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/repos", (Delegate)ListAsync);
        api.MapPost("/repos", (Delegate)CreateAsync);
        api.MapDelete("/repos", (Delegate)DeleteManyAsync);
        api.MapGet("/repos/tags", (Delegate)ListTopicsAsync);
        api.MapGet("/repos/{owner}/{repo}", async (HttpContext context, string owner, string repo) =>
            await ShowAsync(context, await PromptAddress.RepositoryAsync(context, owner, repo)));
        api.MapPatch("/repos/{owner}/{repo}", UpdateAsync);
        api.MapDelete("/repos/{owner}/{repo}", async (HttpContext context, string owner, string repo) =>
        {
            await context.Shelf(DocumentKinds.Prompt).DeleteAsync((await PromptAddress.RepositoryAsync(context, owner, repo)).Id);
            return JsonBody.Message("Prompt deleted");
        });
        api.MapPost("/repos/{owner}/{repo}/fork", ForkAsync);
        api.MapPost("/likes/{owner}/{repo}", LikeAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        var tags = values.List("tags");
        var types = values.List("repo_types").Concat(values.List("repo_type")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var text = values.Text("query");
        var isArchived = values.Text("is_archived") == "allow" ? null : values.Flag("is_archived");
        var all = await context.Shelf(DocumentKinds.Prompt).ListAsync();
        var found = all.Where(document =>
        {
            var json = Shelf.Json(document);
            return (values.Flag("is_public") is not { } isPublic || (bool?)json["is_public"] == isPublic)
                && (isArchived is not { } archived || (bool?)json["is_archived"] == archived)
                && (types.Count == 0 || types.Contains((string)json["repo_type"]!))
                && tags.All(tag => json["tags"]!.AsArray().Any(t => (string?)t == tag))
                && (text is null || document.Name!.Contains(text, StringComparison.OrdinalIgnoreCase)
                    || ((string?)json["description"])?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
        });
        if (values.Flag("has_commits") is { } hasCommits)
        {
            var commits = (await context.Shelf(DocumentKinds.PromptCommit).ListAsync()).Select(commit => commit.ParentId).ToHashSet();
            found = found.Where(document => commits.Contains(document.Id) == hasCommits);
        }

        var sorted = values.Text("sort_direction") == "asc" ? found.OrderBy(Order) : found.OrderByDescending(Order);
        var repos = new JsonArray();
        foreach (var document in sorted.Skip(values.Offset).Take(values.Limit))
        {
            repos.Add(await PromptJson.RepositoryAsync(context, document, values.Flag("with_latest_manifest") == true));
        }

        return JsonBody.Of(new JsonObject { ["repos"] = repos, ["total"] = found.Count() });

        string Order(Document document) => values.Text("sort_field") switch
        {
            "created_at" => document.CreatedAt.ToString("O"),
            "repo_handle" or "name" => document.Name!,
            _ => document.ModifiedAt.ToString("O"),
        };
    }

    private static async Task<IResult> CreateAsync(HttpContext context)
    {
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var handle = fields.Required("repo_handle");
        CheckHandle(handle);
        var type = fields.Text("repo_type") ?? "prompt";
        if (!s_types.Contains(type, StringComparer.Ordinal))
        {
            throw ProblemException.Invalid($"'repo_type' is '{type}'; give one of {string.Join(", ", s_types)}.");
        }

        var json = new JsonObject
        {
            ["description"] = fields.Text("description"),
            ["readme"] = fields.Text("readme"),
            ["tags"] = new JsonArray([.. fields.List("tags").Select(t => JsonValue.Create(t))]),
            ["is_public"] = fields.Flag("is_public") ?? false,
            ["is_archived"] = false,
            ["restricted_mode"] = fields.Flag("restricted_mode") ?? false,
            ["repo_type"] = type,
        };
        return await StoreAsync(context, json, handle);
    }

    private static async Task<IResult> StoreAsync(HttpContext context, JsonObject json, string handle)
    {
        var (document, created) = await context.Shelf(DocumentKinds.Prompt).CreateAsync(json, name: handle);
        return created ? await ShowAsync(context, document) : throw ProblemException.Conflict($"There is a prompt '{handle}' already.");
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var given = s_changeable.Where(name => fields.Value(name) is not null).ToDictionary(name => name, name => Read(fields, name));
        var updated = await context.Shelf(DocumentKinds.Prompt).UpdateAsync(repository.Id, json =>
        {
            foreach (var (name, value) in given)
            {
                json[name] = value?.DeepClone();
            }
        });
        return await ShowAsync(context, updated ?? throw ProblemException.NotFound("Prompt", repo));
    }

    /// <summary>A property as its kind has it: what is stored is read by everybody who lists.</summary>
    private static JsonNode? Read(BodyFields fields, string name) => name switch
    {
        "description" or "readme" => JsonValue.Create(fields.Text(name)),
        "tags" => new JsonArray([.. fields.List(name).Select(tag => JsonValue.Create(tag))]),
        _ => JsonValue.Create(fields.Flag(name)),
    };

    private static async Task<IResult> ForkAsync(HttpContext context, string owner, string repo)
    {
        var original = await PromptAddress.RepositoryAsync(context, owner, repo);
        using var body = await RequestBodies.ReadObjectAsync(context);
        var handle = new BodyFields(body.RootElement).Required("repo_handle");
        CheckHandle(handle);
        var json = Shelf.Json(original);
        json["original_repo_id"] = original.Id.ToString();
        json["liked"] = false;
        var (fork, created) = await context.Shelf(DocumentKinds.Prompt).CreateAsync(json, name: handle);
        if (!created)
        {
            throw ProblemException.Conflict($"There is a prompt '{handle}' already.");
        }

        var commits = context.Shelf(DocumentKinds.PromptCommit);
        foreach (var commit in await commits.ListAsync(query => query with { ParentId = original.Id, Ascending = true }))
        {
            await commits.CreateAsync(Shelf.Json(commit), name: commit.Name, parentId: fork.Id);
        }

        return await ShowAsync(context, fork);
    }

    private static async Task<IResult> LikeAsync(HttpContext context, string owner, string repo)
    {
        var repository = await PromptAddress.RepositoryAsync(context, owner, repo);
        using var body = await RequestBodies.ReadObjectAsync(context);
        var like = new BodyFields(body.RootElement).Flag("like") ?? true;
        await context.Shelf(DocumentKinds.Prompt).UpdateAsync(repository.Id, json => json["liked"] = like);
        return JsonBody.Of(new JsonObject { ["likes"] = like ? 1 : 0 });
    }

    private static async Task<IResult> DeleteManyAsync(HttpContext context)
    {
        var shelf = context.Shelf(DocumentKinds.Prompt);
        foreach (var id in new RequestValues(context.Request).Ids("repo_ids"))
        {
            await shelf.DeleteAsync(id);
        }

        return JsonBody.Message("Prompts deleted");
    }

    private static async Task<IResult> ListTopicsAsync(HttpContext context)
    {
        var all = await context.Shelf(DocumentKinds.Prompt).ListAsync();
        var counted = all.SelectMany(d => Shelf.Json(d)["tags"]!.AsArray().Select(t => (string)t!)).CountBy(t => t, StringComparer.Ordinal);
        return JsonBody.Of(new JsonObject
        {
            ["tags"] = new JsonArray([.. counted.OrderByDescending(t => t.Value).Select(t => new JsonObject { ["tag"] = t.Key, ["count"] = t.Value })]),
        });
    }

    private static void CheckHandle(string handle)
    {
        if (handle.Length > 100 || handle.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            throw ProblemException.Invalid("A prompt's handle has 1 to 100 letters, digits, '-', '_' and '.'.");
        }
    }

    private static async Task<JsonBody> ShowAsync(HttpContext context, Document repository) =>
        JsonBody.Of(new JsonObject { ["repo"] = await PromptJson.RepositoryAsync(context, repository) });
}
