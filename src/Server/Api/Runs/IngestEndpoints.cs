using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Feedbacks;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest;
using Microsoft.Net.Http.Headers;

namespace LangSmith.Server.Api.Runs;

/// <summary>The four ways in for runs. An answer of 202 means that what it counts is durable.</summary>
internal static class IngestEndpoints
{
    /// <summary>The name of the policy that bounds how many bodies are read at once.</summary>
    public const string RateLimiterPolicy = "ingestion";

    private const int RefusalsListedMax = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").RequireRateLimiting(RateLimiterPolicy);
        runs.MapPost("", async (HttpContext context, Ingestion ingestion, IngestLimits limits) =>
            Answer(await ingestion.TakeRunAsync(Sender(context), RunWriteKind.Post, null, await ReadAsync(context, limits), context.RequestAborted)));
        runs.MapPatch("/{runId}", async (HttpContext context, string runId, Ingestion ingestion, IngestLimits limits) =>
            Answer(await ingestion.TakeRunAsync(Sender(context), RunWriteKind.Patch, runId, await ReadAsync(context, limits), context.RequestAborted)));
        runs.MapPost("/batch", async (HttpContext context, Ingestion ingestion, IngestLimits limits) =>
            Answer(await ingestion.TakeBatchAsync(Sender(context), await ReadAsync(context, limits), context.RequestAborted)));
        runs.MapPost("/multipart", async (HttpContext context, Ingestion ingestion) =>
        {
            var result = await ingestion.TakeMultipartAsync(Sender(context), Boundary(context.Request), context.Request.Body, context.RequestAborted);
            foreach (var feedback in result.Feedback)
            {
                await FeedbackConfigEndpoints.LearnAsync(context, feedback);
            }

            return Answer(result);
        });
    }

    /// <summary>Who sends the body of a request.</summary>
    public static RequestContext Sender(HttpContext context) =>
        new(context.Workspace(), context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null);

    public static IResult Answer(IngestResult result)
    {
        if (result.Refusals.Count == 0)
        {
            return new JsonBody(StatusCodes.Status202Accepted, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("message", "Runs batch ingested");
                if (result.RunId is { } run)
                {
                    writer.WriteString("id", run);
                }

                WriteCounts(writer, result);
                writer.WriteEndObject();
            });
        }

        var first = result.Refusals[0];
        var status = result.Refusals.All(r => r.LimitExceeded) ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;
        var others = result.Refusals.Count == 1 ? "" : $" ({result.Refusals.Count - 1} more in 'refused'.)";
        return Problems.Of(status, $"Not everything was stored. {first.Where}: {first.Reason}{others} Do not send the rest again: it is stored.", writer =>
        {
            WriteCounts(writer, result);
            writer.WriteStartArray("refused");
            foreach (var refusal in result.Refusals.Take(RefusalsListedMax))
            {
                writer.WriteStartObject();
                writer.WriteString("where", refusal.Where);
                writer.WriteString("reason", refusal.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static void WriteCounts(System.Text.Json.Utf8JsonWriter writer, IngestResult result)
    {
        writer.WriteNumber("accepted", result.Accepted);
        writer.WriteNumber("duplicates", result.Duplicates);
        writer.WriteNumber("feedback", result.Feedback.Count);
    }

    private static Task<byte[]> ReadAsync(HttpContext context, IngestLimits limits) =>
        RequestBodies.ReadAsync(context.Request, limits.BodyBytesMax, nameof(limits.BodyBytesMax), context.RequestAborted);

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The content type is '{request.ContentType}'; this takes multipart/form-data with a boundary.");
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= 200 }
            ? boundary
            : throw ProblemException.BadRequest("The content type has no boundary, or one of more than 200 characters.");
    }
}
