using System.Net;

namespace LangSmith;

/// <summary>A server refused a request or could not be reached.</summary>
/// <param name="message">Method, path, status and the server's own words; no key and no payload.</param>
/// <param name="status">The HTTP status; null when there was no answer.</param>
/// <param name="innerException">Why there was no answer; null when there was one.</param>
public sealed class LangSmithApiException(string message, HttpStatusCode? status, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>How long the server asked to wait; null when it did not.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
