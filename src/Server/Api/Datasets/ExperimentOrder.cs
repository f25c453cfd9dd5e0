using System.Text.Json;
using LangSmith.Server.Api.Http;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Api.Datasets;

/// <summary>An order of examples by what experiments made of them: the mean over an example's runs; examples without a value come last.</summary>
internal sealed class ExperimentOrder
{
    private const string FeedbackPrefix = "feedback.";

    private readonly Func<ReadRun, double?> _value;
    private readonly bool _ascending;

    private ExperimentOrder(Func<ReadRun, double?> value, bool ascending) => (_value, _ascending) = (value, ascending);

    /// <summary>Reads <c>sort</c> of the second version, or <c>sort_params</c> of the first; null when there is neither.</summary>
    public static ExperimentOrder? Read(BodyFields body)
    {
        var given = body.Value("sort") ?? body.Value("sort_params");
        if (given is not { ValueKind: JsonValueKind.Object } sort)
        {
            return null;
        }

        var fields = new BodyFields(sort);
        var by = fields.Text("by") ?? fields.Required("sort_by");
        var direction = fields.Text("order") ?? fields.Text("sort_order");
        return new ExperimentOrder(ValueOf(by.ToLowerInvariant(), by), string.Equals(direction, "ASC", StringComparison.OrdinalIgnoreCase));
    }

    public IEnumerable<TRow> Apply<TRow>(IEnumerable<TRow> rows, Func<TRow, IEnumerable<ReadRun>> runsOf)
    {
        var valued = rows.Select(row => (Row: row, Value: runsOf(row).Select(_value).OfType<double>().DefaultIfEmpty(double.NaN).Average()));
        var valuesFirst = valued.OrderBy(row => double.IsNaN(row.Value));
        return (_ascending ? valuesFirst.ThenBy(row => row.Value) : valuesFirst.ThenByDescending(row => row.Value)).Select(row => row.Row);
    }

    private static Func<ReadRun, double?> ValueOf(string by, string given)
    {
        if (by.StartsWith(FeedbackPrefix, StringComparison.Ordinal))
        {
            var key = given[FeedbackPrefix.Length..];
            return run => run.Feedback?.FirstOrDefault(feedback => feedback.Key == key)?.Average;
        }

        return by switch
        {
            "start_time" => run => run.Record.StartTime.UtcTicks,
            "latency" or "latency_seconds" => run => (run.Record.EndTime - run.Record.StartTime)?.TotalSeconds,
            "error" or "status" => run => run.Record.Status == RunStatus.Error ? 1 : 0,
            "total_tokens" => run => run.Usage.TotalTokens,
            "prompt_tokens" => run => run.Usage.PromptTokens,
            "completion_tokens" => run => run.Usage.CompletionTokens,
            "total_cost" => run => (double?)run.Usage.TotalCost,
            "prompt_cost" => run => (double?)run.Usage.PromptCost,
            "completion_cost" => run => (double?)run.Usage.CompletionCost,
            _ => throw ProblemException.BadRequest(
                $"Runs cannot be sorted by '{given}'. Give start_time, latency, error, total_tokens, prompt_tokens, completion_tokens, total_cost, "
                + "prompt_cost, completion_cost or feedback.KEY."),
        };
    }
}
