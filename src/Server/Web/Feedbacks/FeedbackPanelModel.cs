namespace LangSmith.Server.Web.Feedbacks;

/// <summary>What is said about a run.</summary>
public sealed record FeedbackPanelModel(Guid RunId, IReadOnlyList<FeedbackItem> Items);
