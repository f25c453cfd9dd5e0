namespace LangSmith.OpenTelemetry;

/// <summary>The attributes by which LangSmith's OTLP intake places a span in a tree of runs.</summary>
internal static class SpanAttributes
{
    public const string RunId = "langsmith.span.id";
    public const string ParentRunId = "langsmith.span.parent_id";
    public const string TraceId = "langsmith.trace.id";
}
