using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Query;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Where properties of a run are, and how values look there.</summary>
internal static class PropertySql
{
    private const string TicksPerSecond = "10000000.0";

    public static string Column(string run, RunProperty property) => property switch
    {
        RunProperty.Id => $"{run}.id",
        RunProperty.TraceId => $"{run}.trace_id",
        RunProperty.ParentRunId => $"{run}.parent_run_id",
        RunProperty.ProjectId => $"{run}.project_id",
        RunProperty.ReferenceExampleId => $"{run}.reference_example_id",
        RunProperty.ReferenceDatasetId =>
            $"(SELECT p.dataset_id FROM project AS p WHERE p.workspace = {run}.workspace AND p.id = {run}.project_id)",
        RunProperty.ChildRunCount => $"(SELECT count(*) FROM run AS c WHERE c.workspace = {run}.workspace AND c.parent_run_id = {run}.id)",
        RunProperty.ExecutionOrder => "1",
        RunProperty.Name => $"{run}.name",
        RunProperty.RunType => $"{run}.run_type",
        RunProperty.Status => $"{run}.status",
        RunProperty.IsRoot => $"{run}.is_root",
        RunProperty.StartTime => $"{run}.start_time",
        RunProperty.EndTime => $"{run}.end_time",
        RunProperty.FirstTokenTime => $"{run}.first_token_time",
        RunProperty.InsertedAt => $"{run}.first_received_at",
        RunProperty.Latency => $"(({run}.end_time - {run}.start_time) / {TicksPerSecond})",
        RunProperty.FirstTokenLatency => $"(({run}.first_token_time - {run}.start_time) / {TicksPerSecond})",
        RunProperty.Error => $"{run}.error",
        RunProperty.ThreadId => $"{run}.thread_id",
        RunProperty.Model => $"{run}.model",
        RunProperty.PromptTokens => RolledUp(run, "prompt_tokens"),
        RunProperty.CompletionTokens => RolledUp(run, "completion_tokens"),
        RunProperty.TotalTokens => RolledUp(run, "total_tokens"),
        RunProperty.PromptCost => RolledUp(run, "prompt_cost"),
        RunProperty.CompletionCost => RolledUp(run, "completion_cost"),
        RunProperty.TotalCost => RolledUp(run, "total_cost"),
        RunProperty.Inputs or RunProperty.Outputs => Payload(run, property),
        _ => throw new NotSupportedException($"{property} is no property that SQLite has."),
    };

    /// <summary>What a run used with everything below it, as <see cref="UsageRollup"/> sums it up; null when nobody said.</summary>
    /// <remarks>
    /// Summed when it is asked for, by the parents' index: kept in the row it would have to be written again up to the root with every write
    /// below. UNION and not UNION ALL, because nothing keeps parents from going in circles.
    /// </remarks>
    private static string RolledUp(string run, string column) =>
        $"(CASE WHEN {run}.run_type = '{RunTypes.Llm}' AND {run}.total_tokens IS NOT NULL THEN {run}.{column} ELSE "
        + $"(WITH RECURSIVE below(rid, id, is_call, used) AS (SELECT {run}.rid, {run}.id, 0, {run}.{column} "
        + $"UNION SELECT c.rid, c.id, c.run_type = '{RunTypes.Llm}' AND c.total_tokens IS NOT NULL, c.{column} "
        + $"FROM below AS b JOIN run AS c ON c.workspace = {run}.workspace AND c.parent_run_id = b.id AND c.trace_id = {run}.trace_id "
        + "WHERE NOT b.is_call) SELECT sum(used) FROM below) END)";

    /// <summary>Whether every run has the property.</summary>
    public static bool IsAlwaysThere(RunProperty property) => property
        is RunProperty.Id or RunProperty.TraceId or RunProperty.ProjectId or RunProperty.Name or RunProperty.RunType or RunProperty.Status
        or RunProperty.IsRoot or RunProperty.StartTime or RunProperty.InsertedAt or RunProperty.ChildRunCount or RunProperty.ExecutionOrder;

    /// <summary>The JSON text of the inputs or outputs; null when the run has none.</summary>
    public static string Payload(string run, RunProperty property)
    {
        var (column, part) = property == RunProperty.Inputs ? ("inputs_from", 0) : ("outputs_from", 1);
        return $"(SELECT {PayloadFunctions.Text}(w.payload, w.payload_blob, {part}) FROM run_write AS w WHERE w.sequence = {run}.{column})";
    }

    public static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Less => "<",
        _ => "<=",
    };

    public static object Value(RunProperty property, FilterValue value) => value switch
    {
        FilterValue.Text text when property == RunProperty.Status => StatusOf(text.Value),
        FilterValue.Text text when property == RunProperty.RunType => text.Value.ToLowerInvariant(),
        FilterValue.Text text => text.Value,
        FilterValue.Number number => number.Value,
        FilterValue.Time time => time.Value,
        FilterValue.Id id => id.Value,
        FilterValue.Truth truth => truth.Value,
        _ => throw new NotSupportedException($"{value.GetType().Name} is no value that SQLite has."),
    };

    // A status that does not exist is one that no run has.
    private static long StatusOf(string text) =>
        Array.FindIndex(Enum.GetNames<RunStatus>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
}
