using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LangSmith.Server.Query.Language;

/// <summary>Writes bound filters as expressions.</summary>
internal static class FilterPrinter
{
    public static string Print(RunFilter filter) => filter switch
    {
        RunFilter.AllOf all => Call("and", all.Parts.Select(Print)),
        RunFilter.AnyOf any => Call("or", any.Parts.Select(Print)),
        RunFilter.Not not => Call("not", [Print(not.Part)]),
        RunFilter.Compare compare => Call(Function(compare.Comparison), [FilterFields.NameOf(compare.Property), Value(compare.Value)]),
        RunFilter.OneOf one => Call("in", [FilterFields.NameOf(one.Property), List(one.Values)]),
        RunFilter.IsAbsent absent => Call("eq", [FilterFields.NameOf(absent.Property), "null"]),
        RunFilter.Like like => Call("like", [FilterFields.NameOf(like.Property), Text(like.Pattern)]),
        RunFilter.Contains contains => Call("search", [FilterFields.NameOf(contains.Property), Text(string.Join(' ', contains.Words))]),
        RunFilter.Search search => Call("search", [Text(string.Join(' ', search.Words))]),
        RunFilter.HasTag tag => Tag(tag.Test),
        // Entries always stand in an "and" of their own, so that they do not join their neighbours.
        RunFilter.HasEntry entry => Call("and", entry.Tests.Select(test => Test(FilterFields.NameOf(entry.Family, test.Part), test.Test))),
        RunFilter.MetadataContains contains => Call("has", ["metadata", contains.Json.GetRawText()]),
        _ => throw new NotSupportedException($"{filter.GetType().Name} has no expression."),
    };

    private static string Tag(ValueTest test) => test switch
    {
        ValueTest.Compare { Comparison: Comparison.Equal } equal => Call("has", ["tags", Value(equal.Value)]),
        _ => Test("tags", test),
    };

    private static string Test(string field, ValueTest test) => test switch
    {
        ValueTest.Compare compare => Call(Function(compare.Comparison), [field, Value(compare.Value)]),
        ValueTest.OneOf one => Call("in", [field, List(one.Values)]),
        ValueTest.Like like => Call(like.Negated ? "notlike" : "like", [field, Text(like.Pattern)]),
        _ => throw new NotSupportedException($"{test.GetType().Name} has no expression."),
    };

    private static string Call(string function, IEnumerable<string> arguments) => $"{function}({string.Join(", ", arguments)})";

    private static string List(IEnumerable<FilterValue> values) => $"[{string.Join(", ", values.Select(Value))}]";

    private static string Value(FilterValue value) => value switch
    {
        FilterValue.Text text => Text(text.Value),
        FilterValue.Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        FilterValue.Time time => Text(time.Value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        FilterValue.Id id => Text(id.Value.ToString()),
        FilterValue.Truth truth => truth.Value ? "true" : "false",
        _ => throw new NotSupportedException($"{value.GetType().Name} has no expression."),
    };

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Function(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "eq",
        Comparison.NotEqual => "neq",
        Comparison.Greater => "gt",
        Comparison.GreaterOrEqual => "gte",
        Comparison.Less => "lt",
        _ => "lte",
    };
}
