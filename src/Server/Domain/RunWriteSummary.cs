namespace LangSmith.Server.Domain;

/// <summary>One write as the identity report lists it.</summary>
/// <param name="Sequence">Its place in the server's order of acknowledgement.</param>
/// <param name="Kind">Post or patch.</param>
/// <param name="Attempt">The index of its attempt, from 0.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Sender">Who sent it; null when unknown.</param>
/// <param name="Fields">The names of the fields it gave.</param>
public sealed record RunWriteSummary(
    long Sequence, RunWriteKind Kind, int Attempt, DateTimeOffset ReceivedAt, string? Sender, IReadOnlyList<string> Fields);
