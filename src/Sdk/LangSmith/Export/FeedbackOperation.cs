namespace LangSmith.Export;

/// <summary>Feedback to be sent with the runs.</summary>
/// <param name="FeedbackId">Its id, made by the caller.</param>
/// <param name="RunId">The run it is about.</param>
/// <param name="TraceId">The trace of the run; null when the caller does not know it.</param>
/// <param name="Body">The whole feedback as a UTF-8 JSON object.</param>
public sealed record FeedbackOperation(Guid FeedbackId, Guid RunId, Guid? TraceId, ReadOnlyMemory<byte> Body);
