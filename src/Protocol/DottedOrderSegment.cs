namespace LangSmith.Protocol;

/// <summary>One level of a dotted order.</summary>
/// <param name="StartTime">The start of the run, in UTC.</param>
/// <param name="RunId">The id of the run.</param>
public readonly record struct DottedOrderSegment(DateTimeOffset StartTime, Guid RunId);
