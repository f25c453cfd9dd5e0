using System.Collections.Frozen;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Api.Json;

/// <summary>The fields of runs that a v2 request selects.</summary>
internal sealed class RunSelectionV2
{
    private static readonly FrozenSet<string> s_known = FrozenSet.ToFrozenSet(
        [
            "id", "name", "run_type", "status", "start_time", "end_time", "latency_seconds", "first_token_time", "error", "error_preview", "extra",
            "metadata", "events", "inputs", "inputs_preview", "outputs", "outputs_preview", "manifest", "parent_run_ids", "project_id", "trace_id",
            "thread_id", "dotted_order", "is_root", "reference_example_id", "reference_dataset_id", "total_tokens", "prompt_tokens",
            "completion_tokens", "total_cost", "prompt_cost", "completion_cost", "prompt_token_details", "completion_token_details",
            "prompt_cost_details", "completion_cost_details", "price_model_id", "tags", "app_path", "attachments", "thread_evaluation_time",
            "is_in_dataset", "last_queued_at", "share_url", "feedback_stats",
        ],
        StringComparer.Ordinal);

    private RunSelectionV2(IReadOnlyList<string> fields) => Fields = fields;

    /// <summary>In lower case, without repetition.</summary>
    public IReadOnlyList<string> Fields { get; }

    public RunDetails Details => Fields.Aggregate(RunDetails.None, (details, name) => details | RunSelection.DetailsOf(name));

    public RunPayload Payload => Fields.Aggregate(RunPayload.None, (payload, name) => payload | name switch
    {
        "inputs" => RunPayload.Inputs,
        "outputs" => RunPayload.Outputs,
        "extra" or "metadata" => RunPayload.Extra,
        "events" => RunPayload.Events,
        "manifest" => RunPayload.Serialized,
        _ => RunPayload.None,
    });

    /// <summary>Reads the names; without any, only the id. An unknown one is a mistake of the client's.</summary>
    public static RunSelectionV2 Of(IReadOnlyList<string> names)
    {
        var fields = names.Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (fields.Find(field => !s_known.Contains(field)) is { } unknown)
        {
            throw ProblemException.BadRequest($"'selects' names '{unknown.ToUpperInvariant()}', which no run has.");
        }

        return new RunSelectionV2(fields.Count == 0 ? ["id"] : fields);
    }

    /// <summary>The same without some fields.</summary>
    public RunSelectionV2 Without(IReadOnlyCollection<string> fields)
    {
        var left = Fields.Where(field => !fields.Contains(field)).ToList();
        return new RunSelectionV2(left.Count == 0 ? ["id"] : left);
    }
}
