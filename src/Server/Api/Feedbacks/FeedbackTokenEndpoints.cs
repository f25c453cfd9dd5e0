using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Api.Documents;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Ingest;
using LangSmith.Server.Ingest.FeedbackIntake;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Feedbacks;

/// <summary>Links that let anybody who has one give feedback on one run, without a key, until they expire.</summary>
internal static class FeedbackTokenEndpoints
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(3);
    private static readonly TimeSpan s_lifetimeMax = TimeSpan.FromDays(36_500);
    private static readonly string[] s_given = ["score", "value", "comment", "correction"];

    /// <summary>How long an expired token is remembered, to be told from one that never was.</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(30);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/feedback/tokens", (Delegate)CreateAsync);
        api.MapGet("/feedback/tokens", (Delegate)ListAsync);
        api.MapGet("/feedback/tokens/{token}", (HttpContext context, string token, IngestLimits limits, TimeProvider time) =>
            GiveAsync(context, token, FromQuery(new RequestValues(context.Request)), limits, time)).RequireCors(LangSmithApi.PublicCors);
        api.MapPost("/feedback/tokens/{token}", async (HttpContext context, string token, IngestLimits limits, TimeProvider time) =>
        {
            using var body = await RequestBodies.ReadObjectAsync(context);
            return await GiveAsync(context, token, FromBody(new BodyFields(body.RootElement)), limits, time);
        }).RequireCors(LangSmithApi.PublicCors);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, TimeProvider time)
    {
        using var document = await RequestBodies.ReadJsonAsync(context);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return JsonBody.Of(await CreateOneAsync(context, new BodyFields(document.RootElement), time));
        }

        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw ProblemException.Invalid("The body is an object or an array of objects.");
        }

        var created = new JsonArray();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            created.Add(await CreateOneAsync(context, new BodyFields(item), time));
        }

        return JsonBody.Of(created);
    }

    private static async Task<JsonObject> CreateOneAsync(HttpContext context, BodyFields body, TimeProvider time)
    {
        var runId = body.Id("run_id") ?? throw ProblemException.Invalid("'run_id' is missing.");
        var key = body.Required("feedback_key");
        var now = time.GetUtcNow();
        var expires = body.Time("expires_at") ?? now + Lifetime(body);
        if (expires - now > s_lifetimeMax)
        {
            throw ProblemException.Invalid($"The token would last longer than {s_lifetimeMax.Days:N0} days.");
        }

        var json = new JsonObject
        {
            ["run_id"] = runId.ToString(),
            ["feedback_key"] = key,
            ["feedback_config"] = body.Node("feedback_config"),
            ["expires_at"] = WireWriting.Text(expires),
        };
        // Parent is the run, by which tokens are listed.
        var (token, _) = await context.Shelf(DocumentKinds.FeedbackToken).CreateAsync(json, body.Id("id"), parentId: runId, expiresAt: expires + s_memory);
        return Show(context, token);
    }

    private static TimeSpan Lifetime(BodyFields body)
    {
        if (body.Value("expires_in") is not { ValueKind: JsonValueKind.Object } given)
        {
            return s_lifetime;
        }

        var fields = new BodyFields(given);
        var minutes = ((((fields.Number("days") ?? 0) * 24L) + (fields.Number("hours") ?? 0)) * 60) + (fields.Number("minutes") ?? 0);
        return TimeSpan.FromMinutes(Math.Clamp(minutes, 0, (long)s_lifetimeMax.TotalMinutes + 1));
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var values = new RequestValues(context.Request);
        var runId = values.Id("run_id") ?? throw ProblemException.Invalid("'run_id' is missing.");
        var tokens = await context.Shelf(DocumentKinds.FeedbackToken)
            .ListAsync(query => query with { ParentId = runId, Offset = values.Offset, Limit = values.Limit });
        return JsonBody.List(tokens.Select(token => Show(context, token)));
    }

    private static JsonObject FromQuery(RequestValues values)
    {
        var given = new JsonObject();
        foreach (var name in s_given)
        {
            if (values.Text(name) is { } text)
            {
                // ?score=1 is a number, ?value=good a text.
                given[name] = name is "comment" || LenientJson.TryParse(System.Text.Encoding.UTF8.GetBytes(text), depthMax: 32) is not { } json
                    ? text
                    : JsonNode.Parse(json.RootElement.GetRawText());
            }
        }

        return given;
    }

    private static JsonObject FromBody(BodyFields body)
    {
        var given = new JsonObject();
        foreach (var name in s_given)
        {
            given[name] = body.Node(name);
        }

        given["metadata"] = body.Object("metadata");
        return given;
    }

    private static async Task<IResult> GiveAsync(HttpContext context, string token, JsonObject given, IngestLimits limits, TimeProvider time)
    {
        var id = RequestValues.ParseId("token", token);
        var documents = context.RequestServices.GetRequiredService<IDocumentStore>();
        var document = await documents.FindAnywhereAsync(DocumentKinds.FeedbackToken, id, context.RequestAborted)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "There is no such feedback token.");
        var json = Shelf.Json(document);
        var now = time.GetUtcNow();
        if (LenientTime.TryParse((string?)json["expires_at"], out var expires) && expires <= now)
        {
            throw new ProblemException(StatusCodes.Status410Gone, $"The feedback token expired at {WireWriting.Text(expires)}. Ask for a new link.");
        }

        var body = new JsonObject
        {
            ["key"] = json["feedback_key"]?.DeepClone(),
            ["run_id"] = json["run_id"]?.DeepClone(),
            ["feedback_config"] = json["feedback_config"]?.DeepClone(),
            ["feedback_source"] = new JsonObject { ["type"] = "api", ["metadata"] = given["metadata"]?.DeepClone() },
        };
        foreach (var name in s_given)
        {
            body[name] = given[name]?.DeepClone();
        }

        var read = FeedbackReader.Read(JsonSerializer.SerializeToUtf8Bytes(body), document.Workspace, null, now, limits);
        var feedback = read.Feedback ?? throw ProblemException.Invalid(read.Problem!);
        await context.RequestServices.GetRequiredService<IRunStore>().WriteAsync(new WriteBatch([], [feedback]), context.RequestAborted);
        return JsonBody.Ok(writer => FeedbackJson.Write(writer, feedback));
    }

    private static JsonObject Show(HttpContext context, Document token)
    {
        var json = Shelf.Json(token);
        return new JsonObject
        {
            ["id"] = token.Id.ToString(),
            // Clients take the token from the last segment.
            ["url"] = new Uri(context.Origin(), $"/api/v1/feedback/tokens/{token.Id}").AbsoluteUri,
            ["expires_at"] = json["expires_at"]?.DeepClone(),
            ["feedback_key"] = json["feedback_key"]?.DeepClone(),
        };
    }
}
