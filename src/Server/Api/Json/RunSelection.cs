using System.Collections.Frozen;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Api.Json;

/// <summary>The fields of runs that a client asked for; none named means all.</summary>
internal sealed class RunSelection(IReadOnlyCollection<string> names)
{
    private readonly FrozenSet<string>? _names = names.Count == 0 ? null : names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static RunSelection All { get; } = new([]);

    /// <summary>Whether a field is wanted by its name: what is dear is not read for those who take all.</summary>
    public bool Names(string field) => _names?.Contains(field) == true;

    public bool Has(string field) => _names is null || _names.Contains(field);

    /// <summary>What is asked for besides the runs; for a parent, tokens, costs and the first token are those of what is below it.</summary>
    public RunDetails Details => _names is null
        ? RunDetails.All
        : _names.Aggregate(RunDetails.None, (details, name) => details | DetailsOf(name.ToLowerInvariant()));

    /// <summary>What a field, in lower case, needs besides the run.</summary>
    public static RunDetails DetailsOf(string field) => field switch
    {
        "feedback_stats" => RunDetails.Feedback,
        "in_dataset" or "is_in_dataset" or "reference_dataset_id" => RunDetails.Datasets,
        "first_token_time" => RunDetails.Rollup,
        "child_run_ids" or "direct_child_run_ids" or "trace_min_max_start_time" or "trace_min_start_time" or "trace_max_start_time" => RunDetails.Members,
        _ when field.EndsWith("_tokens", StringComparison.Ordinal) || field.EndsWith("_cost", StringComparison.Ordinal)
            || field.EndsWith("_token_details", StringComparison.Ordinal) || field.EndsWith("_cost_details", StringComparison.Ordinal) => RunDetails.Rollup,
        _ => RunDetails.None,
    };

    /// <summary>What must be read for it.</summary>
    public RunPayload Payload =>
        Part(RunField.Inputs, RunPayload.Inputs) | Part(RunField.Outputs, RunPayload.Outputs) | Part(RunField.Extra, RunPayload.Extra)
        | Part(RunField.Events, RunPayload.Events) | Part(RunField.Serialized, RunPayload.Serialized);

    private RunPayload Part(string field, RunPayload payload) => Has(field) ? payload : RunPayload.None;
}
