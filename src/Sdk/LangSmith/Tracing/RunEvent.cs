namespace LangSmith;

/// <summary>Something that happened during a run.</summary>
/// <param name="Name">What happened; <c>new_token</c> marks the first token of a model's answer.</param>
/// <param name="Time">When.</param>
public sealed record RunEvent(string Name, DateTimeOffset Time)
{
    /// <summary>Further details as captured; null when there are none.</summary>
    internal object? Details { get; init; }
}
