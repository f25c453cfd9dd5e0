using System.Text;

namespace LangSmith.Server.Query.Evaluation;

/// <summary>What a run has as a property.</summary>
internal static class PropertyValue
{
    /// <summary>The value; null when the run lacks it.</summary>
    public static FilterValue? Of(RunSubject subject, RunProperty property)
    {
        var run = subject.Run;
        var usage = subject.Usage ?? run.Usage;
        return property switch
        {
            RunProperty.Id => run.Id,
            RunProperty.TraceId => run.TraceId,
            RunProperty.ParentRunId => Id(run.ParentRunId),
            RunProperty.ProjectId => run.ProjectId,
            RunProperty.ReferenceExampleId => Id(run.ReferenceExampleId),
            RunProperty.ReferenceDatasetId => Id(subject.ReferenceDatasetId),
            RunProperty.IsRoot => subject.IsRoot,
            RunProperty.StartTime => run.StartTime,
            RunProperty.EndTime => Time(run.EndTime),
            RunProperty.FirstTokenTime => Time(run.FirstTokenTime),
            RunProperty.InsertedAt => run.FirstReceivedAt,
            RunProperty.Latency => Seconds(run.StartTime, run.EndTime),
            RunProperty.FirstTokenLatency => Seconds(run.StartTime, run.FirstTokenTime),
            RunProperty.PromptTokens => Number(usage.PromptTokens),
            RunProperty.CompletionTokens => Number(usage.CompletionTokens),
            RunProperty.TotalTokens => Number(usage.TotalTokens),
            RunProperty.PromptCost => Number((double?)usage.PromptCost),
            RunProperty.CompletionCost => Number((double?)usage.CompletionCost),
            RunProperty.TotalCost => Number((double?)usage.TotalCost),
            RunProperty.ChildRunCount => (double)subject.ChildRuns,
            RunProperty.ExecutionOrder => 1d,
            _ => TextOf(subject, property) is { } text ? new FilterValue.Text(text) : null,
        };
    }

    /// <summary>The text of a property that is one; null when the run lacks it.</summary>
    public static string? TextOf(RunSubject subject, RunProperty property) => property switch
    {
        RunProperty.Name => subject.Run.Name,
        RunProperty.RunType => subject.Run.RunType,
        RunProperty.Status => subject.Run.Status.ToString().ToLowerInvariant(),
        RunProperty.Error => subject.Run.Error,
        RunProperty.ThreadId => subject.Run.ThreadId,
        RunProperty.Model => subject.Model,
        RunProperty.Inputs => Json(subject.Run.Inputs),
        RunProperty.Outputs => Json(subject.Run.Outputs),
        _ => throw new NotSupportedException($"{property} is no text."),
    };

    private static FilterValue? Id(Guid? id) => id is { } known ? known : null;

    private static FilterValue? Time(DateTimeOffset? time) => time is { } known ? known : null;

    private static FilterValue? Number(double? number) => number is { } known ? known : null;

    private static FilterValue? Seconds(DateTimeOffset start, DateTimeOffset? end) =>
        end is { } known ? (double)(known.UtcTicks - start.UtcTicks) / TimeSpan.TicksPerSecond : null;

    private static string? Json(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : Encoding.UTF8.GetString(json.Span);
}
