using System.Text.Json;

namespace Server.Tests.Clients;

/// <summary>
/// The fields that the generated clients require of an answer, and the JSON that their types take. The Java client refuses a number where
/// it has a text, a text where it has a number, and a time without an offset, so these are checked as strictly as it does.
/// </summary>
internal static class TypedFields
{
    public const string Run =
        "id:id trace_id:id session_id:id name:text run_type:text status:text dotted_order:text app_path:text start_time:time end_time:time? "
        + "parent_run_id:id? reference_example_id:id? error:text? inputs:object? outputs:object? extra:object? tags:list? events:list? "
        + "parent_run_ids:list? feedback_stats:object? s3_urls:object? total_tokens:whole prompt_tokens:whole completion_tokens:whole "
        + "first_token_time:time? in_dataset:flag? thread_id:text?";

    public const string Feedback =
        "id:id key:text created_at:time modified_at:time run_id:id? trace_id:id? session_id:id? comment:text? feedback_source:object? "
        + "extra:object? comparative_experiment_id:id? feedback_group_id:id? is_root:flag";

    public const string Session =
        "id:id tenant_id:id name:text start_time:time end_time:time? description:text? extra:object? reference_dataset_id:id? "
        + "default_dataset_id:id? trace_tier:text?";

    public const string SessionFigures =
        "run_count:whole latency_p50:number? latency_p99:number? first_token_p50:number? error_rate:number? streaming_rate:number? "
        + "total_tokens:whole? prompt_tokens:whole? completion_tokens:whole? total_cost:text? prompt_cost:text? completion_cost:text? "
        + "last_run_start_time:time? feedback_stats:object? session_feedback_stats:object? run_facets:list?";

    public const string Figures =
        "run_count:whole latency_p50:number? latency_p99:number? median_tokens:whole? tokens_p99:whole? prompt_tokens_p50:whole? "
        + "completion_tokens_p99:whole? total_tokens:whole? total_cost:number? prompt_cost:number? error_rate:number? feedback_stats:object?";

    /// <summary>Asserts that an object has every field of a list like <c>id:id name:text?</c>, each of its kind.</summary>
    public static void AssertIn(JsonElement answer, string fields)
    {
        foreach (var field in fields.Split(' '))
        {
            var (name, kind) = field.Split(':') is [var left, var right] ? (left, right) : throw new ArgumentException($"'{field}' is no field.", nameof(fields));
            Assert.True(answer.TryGetProperty(name, out var value), $"'{name}' is missing in {answer}.");
            if (!(kind.EndsWith('?') && value.ValueKind == JsonValueKind.Null))
            {
                Assert.True(Fits(value, kind.TrimEnd('?')), $"'{name}' is {value.GetRawText()}, which is no {kind}.");
            }
        }
    }

    private static bool Fits(JsonElement value, string kind) => kind switch
    {
        "id" => value.ValueKind == JsonValueKind.String && value.TryGetGuid(out _),
        "time" => value.ValueKind == JsonValueKind.String && value.GetString()!.EndsWith('Z') && value.TryGetDateTimeOffset(out _),
        "text" => value.ValueKind == JsonValueKind.String,
        "whole" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "list" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new ArgumentException($"'{kind}' is no kind.", nameof(kind)),
    };
}
