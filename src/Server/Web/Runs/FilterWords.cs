using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Query;

namespace LangSmith.Server.Web.Runs;

/// <summary>What the words of the filter bar mean.</summary>
internal static class FilterWords
{
    private static readonly (string Sign, Comparison Comparison, string Name)[] s_comparisons =
    [
        (">=", Comparison.GreaterOrEqual, "gte"), ("<=", Comparison.LessOrEqual, "lte"), (">", Comparison.Greater, "gt"), ("<", Comparison.Less, "lt"),
    ];

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The condition, and its text in the filter language; null when the word means nothing.</summary>
    public static (RunFilter Filter, string Text)? Read(FilterWord word)
    {
        var value = word.Value;
        if (value.Length == 0)
        {
            return null;
        }

        var (head, key) = word.Field.IndexOf('.', StringComparison.Ordinal) is var dot and > 0
            ? (word.Field[..dot], word.Field[(dot + 1)..]) : (word.Field, "");
        return head.ToLowerInvariant() switch
        {
            "status" => Status(value.ToLowerInvariant()),
            "type" when RunTypes.All.Contains(value.ToLowerInvariant()) => Equal(RunProperty.RunType, "run_type", value.ToLowerInvariant()),
            "name" => value.Contains('*')
                ? (new RunFilter.Like(RunProperty.Name, Pattern(value)), $"like(name, {Quote(Pattern(value))})")
                : Equal(RunProperty.Name, "name", value),
            "tag" => (new RunFilter.HasTag(new ValueTest.Compare(Comparison.Equal, value)), $"has(tags, {Quote(value)})"),
            "model" => Equal(RunProperty.Model, "model", value),
            "thread" => Equal(RunProperty.ThreadId, "thread_id", value),
            "latency" => Number(RunProperty.Latency, "latency", value, Seconds),
            "tokens" => Number(RunProperty.TotalTokens, "total_tokens", value, Plain),
            "cost" => Number(RunProperty.TotalCost, "total_cost", value.Replace("$", "", StringComparison.Ordinal), Plain),
            "error" => (new RunFilter.Contains(RunProperty.Error, value.Split(' ', StringSplitOptions.RemoveEmptyEntries)), $"search(error, {Quote(value)})"),
            "meta" when key.Length > 0 => Entry(EntryFamily.Metadata, "metadata", key, value),
            "meta" => (new RunFilter.HasEntry(EntryFamily.Metadata, [Value(value)]), $"eq(metadata_value, {Quote(value)})"),
            "feedback" when key.Length > 0 => Score(key, value),
            "feedback" => (new RunFilter.HasEntry(EntryFamily.Feedback, [Key(value)]), $"eq(feedback_key, {Quote(value)})"),
            "id" when RunId.TryParse(value, out var id) => (new RunFilter.Compare(RunProperty.Id, Comparison.Equal, id), $"eq(id, \"{id}\")"),
            "trace" when RunId.TryParse(value, out var trace) =>
                (new RunFilter.Compare(RunProperty.TraceId, Comparison.Equal, trace), $"eq(trace_id, \"{trace}\")"),
            _ => null,
        };
    }

    public static string Hint(string field) => field.Split('.')[0].ToLowerInvariant() switch
    {
        "status" => "success, error or running",
        "type" => string.Join(", ", RunTypes.All.Order()),
        "latency" => "a number with ms, s or m, such as >5s",
        "tokens" or "cost" => "a number, such as >1000",
        "meta" => "meta.key:value, or meta:value for any key",
        "feedback" => "feedback:key or feedback.key:>0.5",
        "id" or "trace" => "a UUID",
        _ => "a value after the colon",
    };

    /// <summary>A text of the filter language, which are those of JSON.</summary>
    public static string Quote(string text) =>
        JsonSerializer.Serialize(text, s_readable);

    private static (RunFilter, string)? Status(string value) => value switch
    {
        "running" or "pending" => Equal(RunProperty.Status, "status", "pending"),
        "success" or "error" => Equal(RunProperty.Status, "status", value),
        _ => null,
    };

    private static (RunFilter, string) Equal(RunProperty property, string name, string value) =>
        (new RunFilter.Compare(property, Comparison.Equal, value), $"eq({name}, {Quote(value)})");

    private static (RunFilter, string)? Number(RunProperty property, string name, string text, Func<string, double?> read)
    {
        var (rest, comparison, function) = Sign(text);
        return read(rest) is { } number
            ? (new RunFilter.Compare(property, comparison, number), string.Create(CultureInfo.InvariantCulture, $"{function}({name}, {number})"))
            : null;
    }

    private static (RunFilter, string)? Score(string key, string text)
    {
        var (rest, comparison, function) = Sign(text);
        return Plain(rest) is { } number
            ? (new RunFilter.HasEntry(EntryFamily.Feedback, [Key(key), new EntryTest(EntryPart.Score, new ValueTest.Compare(comparison, number))]),
                string.Create(CultureInfo.InvariantCulture, $"and(eq(feedback_key, {Quote(key)}), {function}(feedback_score, {number}))"))
            : null;
    }

    private static (RunFilter, string) Entry(EntryFamily family, string name, string key, string value) =>
        (new RunFilter.HasEntry(family, [Key(key), Value(value)]),
            $"and(eq({name}_key, {Quote(key)}), eq({name}_value, {Quote(value)}))");

    private static EntryTest Value(string value) => new(EntryPart.Value, new ValueTest.Compare(Comparison.Equal, value));

    private static EntryTest Key(string key) => new(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key));

    private static (string Operand, Comparison Comparison, string Function) Sign(string text)
    {
        foreach (var (sign, comparison, name) in s_comparisons)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal))
            {
                return (text[sign.Length..], comparison, name);
            }
        }

        return (text, Comparison.Equal, "eq");
    }

    private static string Pattern(string value) => value.Replace('*', '%');

    private static double? Plain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static double? Seconds(string text) => text switch
    {
        [.. var number, 'm', 's'] => Plain(number) / 1_000,
        [.. var number, 's'] => Plain(number),
        [.. var number, 'm'] => Plain(number) * 60,
        _ => Plain(text),
    };
}
