namespace LangSmith.Server.Domain;

/// <summary>One start under a run's id.</summary>
/// <param name="StartTime">Its start, which is what tells attempts apart; null when no write said it.</param>
/// <param name="EndTime">Its end, null while it runs.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Error">Its error, if any.</param>
/// <param name="FirstReceivedAt">When its first write came.</param>
public sealed record RunAttempt(
    DateTimeOffset? StartTime, DateTimeOffset? EndTime, RunStatus Status, string? Error, DateTimeOffset FirstReceivedAt);
