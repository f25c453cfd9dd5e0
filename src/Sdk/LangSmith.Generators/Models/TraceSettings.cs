namespace LangSmith.Generators.Models;

/// <summary>What the attributes of a traced method say.</summary>
internal sealed record TraceSettings(
    string Name,
    string? RunType,
    EquatableArray<string> Tags,
    EquatableArray<MetadataEntry> Metadata,
    string? ProjectName,
    bool CaptureInputs,
    bool CaptureOutputs,
    EquatableArray<string> IgnoredExceptions,
    ProcessorModel? ProcessInputs,
    ProcessorModel? ProcessOutputs,
    ProcessorModel? ProcessChunk,
    ProcessorModel? ReduceChunks);
