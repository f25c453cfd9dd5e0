using CsCheck;
using LangSmith.Server.Query.Language;
using LangSmith.Server.Query.Tests.Support;

namespace LangSmith.Server.Query.Tests.Language;

/// <summary>Laws of the language. A failure prints the seed with which to see it again.</summary>
public sealed class FilterPropertyTests
{
    private static readonly Gen<string> s_field = Gen.OneOf(
        "name", "error", "run_type", "status", "start_time", "latency", "total_tokens", "total_cost", "is_root", "id", "parent_run_id", "tags", "metadata",
        "metadata.env", "inputs.a.b", "metadata_key", "metadata_value", "input_key", "output_value", "feedback_key", "feedback_score", "feedback_comment",
        "thread_id", "model", "outputs", "child_run_count", "nonsense");

    private static readonly Gen<string> s_text =
        Gen.Char["ab%_\\\"'\u00e9\u4e16 \n\t0{}(),"].Array[0, 8].Select(letters => $"'{new string(letters).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'");

    private static readonly Gen<string> s_value = Gen.OneOf(
        s_text,
        Gen.Double[-1e6, 1e6].Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.OneOf(
            "true", "False", "null", "5", "-0.5", "1e3", "\"2026-01-02\"", "\"500ms\"", "\"0193a000-0000-7000-8000-000000000001\"", "\"llm\"",
            "{\"a\": [1, {\"b\": null}]}", "'{\"a\": \"b\"}'"));

    private static readonly Gen<string> s_leaf = Gen.OneOf(
        Gen.Select(Gen.OneOf("eq", "neq", "gt", "gte", "lt", "lte", "like", "notlike", "has", "exists", "search", "in"), s_field, s_value)
            .Select(call => $"{call.Item1}({call.Item2}, {call.Item3})"),
        Gen.Select(Gen.OneOf("in", "notin"), s_field, s_value.Array[0, 3]).Select(call => $"{call.Item1}({call.Item2}, [{string.Join(",", call.Item3)}])"),
        s_text.Select(text => $"search({text})"));

    private static readonly Gen<string> s_expression = Gen.Recursive<string>((depth, inner) => depth > 3
        ? s_leaf
        : Gen.OneOf(
            s_leaf,
            Gen.Select(Gen.OneOf("and", "or", "and", "not"), inner.Array[0, 4]).Select(call => $"{call.Item1}({string.Join(", ", call.Item2)})")));

    [Fact]
    public void Parse_OfPrint_IsTheSameFilter()
    {
        var read = 0;
        s_expression.Sample(
            text =>
            {
                if (TryParse(text) is { } filter)
                {
                    Interlocked.Increment(ref read);
                    var printed = FilterLanguage.Print(filter);
                    Assert.Equal(FilterShape.Of(filter), FilterShape.Of(FilterLanguage.Parse(printed)));
                    Assert.Equal(printed, FilterLanguage.Print(FilterLanguage.Parse(printed)));
                }
            },
            iter: 20_000);
        // Half of the field and value pairs do not go together; enough must.
        Assert.InRange(read, 2_000, 20_000);
    }

    [Fact]
    public void Parse_AnyCharacters_IsAFilterOrAnErrorWithinTheText() =>
        Gen.Select(s_expression, Gen.Int[0, 60], Gen.Char["(),\"'[]{}\\:an1.- \n\0"]).Sample(
            (text, place, character) => TryParse(text.Insert(Math.Min(place, text.Length), character.ToString())),
            iter: 20_000);

    [Fact]
    public void Parse_NestedDeeper_IsRefused()
    {
        FilterLanguage.Parse(Nested(190));
        Assert.Contains("deep", Assert.Throws<FilterTextException>(() => FilterLanguage.Parse(Nested(50_000))).Reason, StringComparison.Ordinal);

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("not(", depth)) + "and()" + new string(')', depth);
    }

    [Fact]
    public void Parse_Longer_IsRefused()
    {
        FilterLanguage.Parse($"eq(name, \"{new string('x', 200_000)}\")");
        Assert.Throws<FilterTextException>(() => FilterLanguage.Parse($"eq(name, \"{new string('x', 300_000)}\")"));
        Assert.Throws<FilterTextException>(() => FilterLanguage.Parse($"in(total_tokens, [{string.Join(',', Enumerable.Range(0, 20_000))}])"));
        FilterLanguage.Parse($"in(trace_id, [{string.Join(',', Enumerable.Repeat("\"0193a000-0000-7000-8000-000000000001\"", 1_600))}])");
    }

    private static RunFilter? TryParse(string text)
    {
        try
        {
            return FilterLanguage.Parse(text);
        }
        catch (FilterTextException exception)
        {
            Assert.InRange(exception.Position, 0, text.Length);
            Assert.Equal(text.AsSpan(0, exception.Position).Count('\n') + 1, exception.Line);
            return null;
        }
    }
}
