namespace LangSmith;

/// <summary>An address at which anybody who has it can give feedback on one run, without a key.</summary>
public sealed record FeedbackToken
{
    /// <summary>The token's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address; <c>?score=1</c> and the like say what is given.</summary>
    public required Uri Url { get; init; }

    /// <summary>When it stops working.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
