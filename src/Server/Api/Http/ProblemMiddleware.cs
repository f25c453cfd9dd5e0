using System.Text.Json;
using LangSmith.Server.Ingest;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Api.Http;

/// <summary>Turns what handlers throw into problem bodies.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, IngestLimits limits, ILogger<ProblemMiddleware> logger)
{
    private const string RetryAfterSeconds = "2";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            var (status, detail) = Explain(exception);
            if (status == StatusCodes.Status500InternalServerError)
            {
                Log.RequestFailed(logger, context.TraceIdentifier, exception);
                detail = $"The server failed; its log says why under request '{context.TraceIdentifier}'.";
            }

            context.Response.Clear();
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
            }

            await Problems.WriteAsync(context, status, detail);
        }
    }

    private (int Status, string Detail) Explain(Exception exception) => exception switch
    {
        ProblemException problem => (problem.Status, problem.Message),
        StoreBusyException or StoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, exception.Message),
        QueryTooLargeException => (StatusCodes.Status400BadRequest, exception.Message),
        MalformedBodyException => (StatusCodes.Status400BadRequest, exception.Message),
        BodyLimitException or BlobTooLargeException => (StatusCodes.Status413PayloadTooLarge, exception.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (
            StatusCodes.Status413PayloadTooLarge,
            $"The body, as sent or decoded, is larger than the limit BodyBytesMax of {limits.BodyBytesMax:N0} bytes. Send smaller batches."),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        // The message of a JSON exception may quote the body, which may hold a prompt.
        JsonException json => (StatusCodes.Status400BadRequest, $"The body is no JSON that this operation takes; see {json.Path ?? "its beginning"}."),
        InvalidDataException => (StatusCodes.Status400BadRequest, "The body does not decode as its Content-Encoding says."),
        ZstdSharp.ZstdException => (StatusCodes.Status400BadRequest, "The body does not decode as its Content-Encoding says."),
        _ => (StatusCodes.Status500InternalServerError, ""),
    };
}
