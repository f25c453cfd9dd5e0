using System.Collections.Frozen;

namespace LangSmith.Server.Query.Language;

/// <summary>The names that a filter may use.</summary>
internal static class FilterFields
{
    // The first name of a property is the one that is printed.
    private static readonly (string Name, RunProperty Property, FieldType Type)[] s_scalars =
    [
        ("id", RunProperty.Id, FieldType.Id),
        ("trace_id", RunProperty.TraceId, FieldType.Id),
        ("parent_run_id", RunProperty.ParentRunId, FieldType.Id),
        ("session_id", RunProperty.ProjectId, FieldType.Id),
        ("project_id", RunProperty.ProjectId, FieldType.Id),
        ("reference_example_id", RunProperty.ReferenceExampleId, FieldType.Id),
        ("reference_dataset_id", RunProperty.ReferenceDatasetId, FieldType.Id),
        ("name", RunProperty.Name, FieldType.Text),
        ("run_type", RunProperty.RunType, FieldType.Choice),
        ("status", RunProperty.Status, FieldType.Choice),
        ("is_root", RunProperty.IsRoot, FieldType.Truth),
        ("start_time", RunProperty.StartTime, FieldType.Time),
        ("end_time", RunProperty.EndTime, FieldType.Time),
        ("first_token_time", RunProperty.FirstTokenTime, FieldType.Time),
        ("inserted_at", RunProperty.InsertedAt, FieldType.Time),
        ("latency", RunProperty.Latency, FieldType.Seconds),
        ("latency_seconds", RunProperty.Latency, FieldType.Seconds),
        ("first_token_latency", RunProperty.FirstTokenLatency, FieldType.Seconds),
        ("error", RunProperty.Error, FieldType.Text),
        ("thread_id", RunProperty.ThreadId, FieldType.Text),
        ("model", RunProperty.Model, FieldType.Text),
        ("ls_model_name", RunProperty.Model, FieldType.Text),
        ("prompt_tokens", RunProperty.PromptTokens, FieldType.Number),
        ("completion_tokens", RunProperty.CompletionTokens, FieldType.Number),
        ("total_tokens", RunProperty.TotalTokens, FieldType.Number),
        ("prompt_cost", RunProperty.PromptCost, FieldType.Number),
        ("completion_cost", RunProperty.CompletionCost, FieldType.Number),
        ("total_cost", RunProperty.TotalCost, FieldType.Number),
        ("child_run_count", RunProperty.ChildRunCount, FieldType.Number),
        ("execution_order", RunProperty.ExecutionOrder, FieldType.Number),
        ("inputs", RunProperty.Inputs, FieldType.Text),
        ("outputs", RunProperty.Outputs, FieldType.Text),
    ];

    /// <summary>Fields that are one property of a run.</summary>
    public static FrozenDictionary<string, (RunProperty Property, FieldType Type)> Scalars { get; } =
        s_scalars.ToFrozenDictionary(field => field.Name, field => (field.Property, field.Type), StringComparer.OrdinalIgnoreCase);

    /// <summary>Fields that look at one part of an entry; those of a family that stand together in an <c>and</c> look at the same entry.</summary>
    public static FrozenDictionary<string, (EntryFamily Family, EntryPart Part)> Pairs { get; } =
        new Dictionary<string, (EntryFamily, EntryPart)>(StringComparer.OrdinalIgnoreCase)
        {
            ["metadata_key"] = (EntryFamily.Metadata, EntryPart.Key),
            ["metadata_value"] = (EntryFamily.Metadata, EntryPart.Value),
            ["input_key"] = (EntryFamily.Inputs, EntryPart.Key),
            ["input_value"] = (EntryFamily.Inputs, EntryPart.Value),
            ["output_key"] = (EntryFamily.Outputs, EntryPart.Key),
            ["output_value"] = (EntryFamily.Outputs, EntryPart.Value),
            ["feedback_key"] = (EntryFamily.Feedback, EntryPart.Key),
            ["feedback_score"] = (EntryFamily.Feedback, EntryPart.Score),
            ["feedback_value"] = (EntryFamily.Feedback, EntryPart.Value),
            ["feedback_comment"] = (EntryFamily.Feedback, EntryPart.Comment),
            ["feedback_source"] = (EntryFamily.Feedback, EntryPart.Source),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Prefixes of dotted fields, such as <c>metadata.env</c>.</summary>
    public static FrozenDictionary<string, EntryFamily> Dotted { get; } =
        new Dictionary<string, EntryFamily>(StringComparer.OrdinalIgnoreCase)
        {
            ["metadata"] = EntryFamily.Metadata,
            ["inputs"] = EntryFamily.Inputs,
            ["outputs"] = EntryFamily.Outputs,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name by which a property is printed.</summary>
    public static string NameOf(RunProperty property) => s_scalars.First(field => field.Property == property).Name;

    /// <summary>The name by which a part of an entry is printed.</summary>
    public static string NameOf(EntryFamily family, EntryPart part) => Pairs.First(pair => pair.Value == (family, part)).Key;
}
