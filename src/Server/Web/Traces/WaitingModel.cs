using LangSmith.Server.Web.Feedbacks;

namespace LangSmith.Server.Web.Traces;

/// <summary>A run that is not there, perhaps not yet.</summary>
/// <param name="Id">The id asked for.</param>
/// <param name="Tried">What the id could have been and is not.</param>
/// <param name="Feedback">Feedback that waits for the run.</param>
public sealed record WaitingModel(Guid Id, IReadOnlyList<string> Tried, FeedbackPanelModel Feedback)
{
    public DateTimeOffset? EmbeddedTime => Uuid7.TryGetTimestamp(Id, out var time) ? time : null;
}
