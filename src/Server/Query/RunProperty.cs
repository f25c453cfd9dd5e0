namespace LangSmith.Server.Query;

/// <summary>A property of a run that a filter can ask for.</summary>
public enum RunProperty
{
    Id,
    TraceId,
    ParentRunId,
    ProjectId,
    ReferenceExampleId,

    /// <summary>The dataset of the run's project, when it is an experiment.</summary>
    ReferenceDatasetId,
    Name,
    RunType,
    Status,
    IsRoot,
    StartTime,
    EndTime,
    FirstTokenTime,
    InsertedAt,

    /// <summary>Seconds from start to end.</summary>
    Latency,

    /// <summary>Seconds from start to the first token.</summary>
    FirstTokenLatency,
    Error,
    ThreadId,
    Model,
    PromptTokens,
    CompletionTokens,
    TotalTokens,
    PromptCost,
    CompletionCost,
    TotalCost,

    /// <summary>How many runs name this one as their parent.</summary>
    ChildRunCount,

    /// <summary>Always 1; old clients know more.</summary>
    ExecutionOrder,

    /// <summary>The JSON text of the inputs.</summary>
    Inputs,
    Outputs,
}
