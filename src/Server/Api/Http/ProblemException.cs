namespace LangSmith.Server.Api.Http;

/// <summary>Ends a request with a problem; the message is for the client and names value and remedy.</summary>
internal sealed class ProblemException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public static ProblemException BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ProblemException Invalid(string detail) => new(StatusCodes.Status422UnprocessableEntity, detail);

    public static ProblemException NotFound(string what, object id) =>
        new(StatusCodes.Status404NotFound, $"{what} not found: this workspace has none with id '{id}'.");

    /// <summary>A 409 that generated clients must not retry.</summary>
    public static ProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);
}
