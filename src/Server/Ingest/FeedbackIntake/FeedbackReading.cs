using LangSmith.Server.Domain;

namespace LangSmith.Server.Ingest.FeedbackIntake;

/// <summary>Feedback as read, or why it is none: exactly one of the two is not null.</summary>
public readonly record struct FeedbackReading(Feedback? Feedback, string? Problem);
