namespace LangSmith.Server.Query;

/// <summary>A property of a run that a filter can ask for.</summary>
public enum RunProperty
{
    Id,
    TraceId,
    ParentRunId,
    ProjectId,
    ReferenceExampleId,
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

    /// <summary>The JSON text of the inputs.</summary>
    Inputs,
    Outputs,
}
