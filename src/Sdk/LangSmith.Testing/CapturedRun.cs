using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Export;

namespace LangSmith.Testing;

/// <summary>A run as it would have been sent: what its creation and its updates said, put together.</summary>
public sealed class CapturedRun
{
    internal CapturedRun(RunOperation operation)
    {
        Id = operation.RunId;
        Add(operation);
    }

    /// <summary>The id.</summary>
    public Guid Id { get; }

    /// <summary>The id of the root run.</summary>
    public Guid TraceId { get; private set; }

    /// <summary>The run above; null for a root.</summary>
    public Guid? ParentRunId { get; private set; }

    /// <summary>The path in the trace.</summary>
    public string DottedOrder { get; private set; } = "";

    /// <summary>The name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The run type.</summary>
    public string RunType { get; private set; } = "";

    /// <summary>The project.</summary>
    public string ProjectName { get; private set; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset StartTime { get; private set; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndTime { get; private set; }

    /// <summary>How often the run was begun under its id; what the later attempt says is what the run says.</summary>
    public int Attempts { get; private set; }

    /// <summary>What went in; null when nothing was recorded.</summary>
    public JsonNode? Inputs { get; private set; }

    /// <summary>What came out; null when nothing was recorded.</summary>
    public JsonNode? Outputs { get; private set; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; private set; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>The metadata.</summary>
    public JsonObject Metadata { get; private set; } = [];

    /// <summary>What happened during the run.</summary>
    public JsonArray Events { get; private set; } = [];

    /// <summary>The files.</summary>
    public IReadOnlyList<RunAttachment> Attachments { get; private set; } = [];

    /// <summary>The dataset example that it answers.</summary>
    public Guid? ReferenceExampleId { get; private set; }

    internal void Add(RunOperation operation)
    {
        if (operation.IsCreate)
        {
            Begin(operation);
        }

        EndTime = operation.EndTime ?? EndTime;
        Inputs = Parse(operation.Inputs) ?? Inputs;
        Outputs = Parse(operation.Outputs) ?? Outputs;
        Error = operation.Error ?? Error;
        Tags = operation.Tags ?? Tags;
        Events = Parse(operation.Events) as JsonArray ?? Events;
        Attachments = operation.Attachments is { } files ? [.. Attachments, .. files] : Attachments;
        ReferenceExampleId = operation.ReferenceExampleId ?? ReferenceExampleId;
        if (Parse(operation.Extra)?["metadata"] is JsonObject metadata)
        {
            Metadata = metadata;
        }
    }

    private void Begin(RunOperation operation)
    {
        Attempts++;
        TraceId = operation.TraceId;
        ParentRunId = operation.ParentRunId;
        DottedOrder = operation.DottedOrder;
        Name = operation.Name ?? "";
        RunType = operation.RunType ?? "";
        ProjectName = operation.ProjectName ?? "";
        StartTime = operation.StartTime ?? default;
        (EndTime, Outputs, Error) = (null, null, null);
    }

    private static JsonNode? Parse(ReadOnlyMemory<byte> json) =>
        // As deep as anything that is captured: values that are JSON already have no bound of their own.
        json.IsEmpty ? null : JsonNode.Parse(json.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 1024 });
}
