using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Feedbacks;

/// <summary>What a feedback key means: its kind, range or categories.</summary>
internal static class FeedbackConfigEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/feedback-configs", (Delegate)ListAsync);
        api.MapPost("/feedback-configs", (Delegate)CreateAsync);
        api.MapPatch("/feedback-configs", (Delegate)UpdateAsync);
        api.MapDelete("/feedback-configs", (Delegate)DeleteAsync);
    }

    /// <summary>The first feedback of a key that says what the key's values are configures it; later ones change nothing.</summary>
    public static async Task LearnAsync(HttpContext context, Domain.Feedback feedback)
    {
        var shelf = context.Shelf(DocumentKinds.FeedbackConfig);
        if (!feedback.Config.IsEmpty && await shelf.FindAsync(feedback.Key) is null)
        {
            var json = new JsonObject { ["feedback_config"] = JsonNode.Parse(feedback.Config.Span), ["is_lower_score_better"] = false };
            await shelf.CreateAsync(json, name: feedback.Key);
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        var found = await context.Shelf(DocumentKinds.FeedbackConfig).ListAsync(query => query with
        {
            Names = values.List("key"),
            NameContains = values.Text("name_contains"),
            Offset = values.Offset,
            Limit = values.Limit,
        });
        return JsonBody.List(found.Select(Show));
    }

    private static async Task<IResult> CreateAsync(HttpContext context)
    {
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var key = fields.Required("feedback_key");
        var json = new JsonObject
        {
            ["feedback_config"] = fields.Object("feedback_config"),
            ["is_lower_score_better"] = fields.Flag("is_lower_score_better") ?? false,
        };
        var (document, created) = await context.Shelf(DocumentKinds.FeedbackConfig).CreateAsync(json, name: key);
        return created || JsonNode.DeepEquals(Shelf.Json(document)["feedback_config"], json["feedback_config"])
            ? JsonBody.Of(Show(document))
            : throw ProblemException.Conflict($"The key '{key}' has another configuration already. Change it with PATCH /feedback-configs.");
    }

    private static async Task<IResult> UpdateAsync(HttpContext context)
    {
        using var body = await RequestBodies.ReadObjectAsync(context);
        var fields = new BodyFields(body.RootElement);
        var shelf = context.Shelf(DocumentKinds.FeedbackConfig);
        var found = await FindAsync(shelf, fields.Required("feedback_key"));
        var config = fields.Object("feedback_config");
        var isLowerBetter = fields.Flag("is_lower_score_better");
        var updated = await shelf.UpdateAsync(found.Id, json =>
        {
            json["feedback_config"] = config?.DeepClone() ?? json["feedback_config"]?.DeepClone();
            json["is_lower_score_better"] = isLowerBetter ?? (bool?)json["is_lower_score_better"];
        });
        return JsonBody.Of(Show(updated ?? found));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context)
    {
        var key = new RequestValues(context.Request).Text("feedback_key") ?? throw ProblemException.Invalid("'feedback_key' is missing.");
        var shelf = context.Shelf(DocumentKinds.FeedbackConfig);
        await shelf.DeleteAsync((await FindAsync(shelf, key)).Id);
        return Results.NoContent();
    }

    private static async Task<Document> FindAsync(Shelf shelf, string key) =>
        await shelf.FindAsync(key) ?? throw ProblemException.NotFound("Feedback config", key);

    private static JsonObject Show(Document document)
    {
        var json = Shelf.Json(document);
        json["feedback_key"] = document.Name;
        json["tenant_id"] = document.Workspace.Value.ToString();
        json["modified_at"] = WireWriting.Text(document.ModifiedAt);
        return json;
    }
}
