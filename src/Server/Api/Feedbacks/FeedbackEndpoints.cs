using System.Text.Json;
using LangSmith.Server.Api.Access;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest;
using LangSmith.Server.Ingest.FeedbackIntake;
using LangSmith.Server.Storage;


namespace LangSmith.Server.Api.Feedbacks;

/// <summary>Feedback, also on runs that have not arrived yet.</summary>
internal static class FeedbackEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/feedback", CreateAsync);
        api.MapPost("/feedback/eager", CreateAsync);
        api.MapGet("/feedback", ListAsync);
        api.MapGet("/feedback/{feedbackId}", async (HttpContext context, string feedbackId, IRunStore runs) =>
            Show(await FindAsync(context, feedbackId, runs)));
        api.MapPatch("/feedback/{feedbackId}", UpdateAsync);
        api.MapDelete("/feedback/{feedbackId}", async (HttpContext context, string feedbackId, IRunStore runs) =>
        {
            var id = RequestValues.ParseId("feedback_id", feedbackId);
            return await runs.DeleteFeedbackAsync(context.Workspace(), id, context.RequestAborted)
                ? JsonBody.Message("Feedback deleted")
                : throw ProblemException.NotFound("Feedback", id);
        });
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IRunStore runs, IngestLimits limits, ApiOptions options, TimeProvider time)
    {
        var body = await RequestBodies.ReadAsync(context.Request, options.JsonBytesMax, nameof(options.JsonBytesMax), context.RequestAborted);
        var read = FeedbackReader.Read(body, context.Workspace(), null, time.GetUtcNow(), limits);
        if (read.Feedback is not { } feedback)
        {
            throw ProblemException.Invalid(read.Problem!);
        }

        await runs.WriteAsync(new WriteBatch([], [feedback]), context.RequestAborted);
        await FeedbackConfigEndpoints.LearnAsync(context, feedback);
        // Read back: the store fills in the trace and project of a run that is there. A deleted run takes no feedback.
        return Show(await runs.FindFeedbackAsync(feedback.Workspace, feedback.Id, context.RequestAborted) ?? feedback);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore runs)
    {
        var values = new RequestValues(context.Request);
        var found = await runs.ListFeedbackAsync(
            new FeedbackQuery
            {
                Workspace = context.Workspace(),
                RunIds = values.Ids("run"),
                ProjectIds = values.Ids("session"),
                Keys = values.List("key"),
                // Python may write the enum's name, FeedbackSourceType.API.
                SourceTypes = [.. values.List("source").Select(s => s[(s.LastIndexOf('.') + 1)..].ToLowerInvariant())],
                HasComment = values.Flag("has_comment"),
                HasScore = values.Flag("has_score"),
                OnRuns = values.Text("level") switch { "run" => true, "session" => false, _ => null },
                ThreadId = values.Text("feedback_thread_id"),
                ComparativeExperimentId = values.Id("comparative_experiment_id"),
                CreatedFrom = values.Time("min_created_at"),
                CreatedTo = values.Time("max_created_at"),
                Offset = values.Offset,
                Limit = values.Limit,
            },
            context.RequestAborted);
        return JsonBody.Ok(writer =>
        {
            writer.WriteStartArray();
            foreach (var feedback in found)
            {
                FeedbackJson.Write(writer, feedback);
            }

            writer.WriteEndArray();
        });
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, string feedbackId, IRunStore runs, TimeProvider time)
    {
        var feedback = await FindAsync(context, feedbackId, runs);
        using var document = await RequestBodies.ReadObjectAsync(context);
        var body = new BodyFields(document.RootElement);
        if (body.Value("score") is { ValueKind: not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) })
        {
            throw ProblemException.Invalid("'score' is a number or a boolean; put anything else into 'value'.");
        }

        // Only what is there changes; an explicit null clears.
        var changed = feedback with
        {
            ModifiedAt = time.GetUtcNow(),
            Score = body.Has("score") ? body.Raw("score") : feedback.Score,
            Value = body.Has("value") ? body.Raw("value") : feedback.Value,
            Comment = body.Has("comment") ? body.Text("comment") : feedback.Comment,
            Correction = body.Has("correction") ? body.Raw("correction") : feedback.Correction,
            Config = body.Has("feedback_config") ? body.Raw("feedback_config") : feedback.Config,
        };
        await runs.WriteAsync(new WriteBatch([], [changed]), context.RequestAborted);
        return Show(changed);
    }

    private static async Task<Feedback> FindAsync(HttpContext context, string feedbackId, IRunStore runs)
    {
        var id = RequestValues.ParseId("feedback_id", feedbackId);
        return await runs.FindFeedbackAsync(context.Workspace(), id, context.RequestAborted) ?? throw ProblemException.NotFound("Feedback", id);
    }

    private static JsonBody Show(Feedback feedback) => JsonBody.Ok(writer => FeedbackJson.Write(writer, feedback));
}
