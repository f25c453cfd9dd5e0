using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Traces;

/// <summary>Everything that a run's pane shows; parts of tabs that are not open are null.</summary>
public sealed record RunDetailModel
{
    public required ReadRun Run { get; init; }

    public required TracePlace Place { get; init; }

    public required string Tab { get; init; }

    public PayloadModel? Inputs { get; init; }

    public PayloadModel? Outputs { get; init; }

    public required RunExtra Extra { get; init; }

    public required FeedbackPanelModel Feedback { get; init; }

    public JsonItem? Serialized { get; init; }

    public JsonItem? Events { get; init; }

    public IdentityModel? Identity { get; init; }

    /// <summary>The whole run as indented JSON.</summary>
    public string? Raw { get; init; }

    public RunRecord Record => Run.Record;

    public TimeSpan? Latency => Record.EndTime - Record.StartTime;

    public TimeSpan? FirstToken => Record.FirstTokenTime - Record.StartTime;
}
