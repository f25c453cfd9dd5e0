namespace LangSmith.Protocol;

/// <summary>The names of a run's fields on the wire.</summary>
public static class RunField
{
#pragma warning disable CS1591 // Each constant is the word itself; LangSmith's run object defines its meaning.
    public const string Id = "id";
    public const string TraceId = "trace_id";
    public const string DottedOrder = "dotted_order";
    public const string ParentRunId = "parent_run_id";
    public const string Name = "name";
    public const string RunType = "run_type";
    public const string StartTime = "start_time";
    public const string EndTime = "end_time";
    public const string Inputs = "inputs";
    public const string Outputs = "outputs";
    public const string Error = "error";
    public const string Extra = "extra";
    public const string Metadata = "metadata";
    public const string Runtime = "runtime";
    public const string Events = "events";
    public const string Tags = "tags";
    public const string Serialized = "serialized";
    public const string SessionId = "session_id";
    public const string SessionName = "session_name";
    public const string ReferenceExampleId = "reference_example_id";
    public const string Status = "status";
    public const string Attachments = "attachments";
#pragma warning restore CS1591
}
