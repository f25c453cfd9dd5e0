using System.Globalization;
using System.Text.Json;

namespace LangSmith.Server.Query.Language;

/// <summary>Reads the values of a filter as its fields want them.</summary>
internal static class FilterValues
{
    // Databases refuse longer ones.
    private const int PatternLengthMax = 10_000;
    private const int WordsMax = 50;

    private static readonly string[] s_stopWords =
        ["an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that", "the", "to", "was", "with"];

    /// <summary>A value of a type; one of another type is a mistake.</summary>
    public static FilterValue Typed(FilterNode node, FieldType type, string field) => (type, node) switch
    {
        (FieldType.Id, FilterNode.Text text) when RunId.TryParse(text.Value, out var id) => id,
        (FieldType.Time, FilterNode.Text text) when Time(text.Value) is { } time => time,
        (FieldType.Time, FilterNode.Number number) when TimeOf(number.Value) is { } time => time,
        (FieldType.Seconds, FilterNode.Text text) when Seconds(text.Value) is { } seconds => seconds,
        (FieldType.Seconds or FieldType.Number, FilterNode.Number number) => number.Value,
        (FieldType.Number, FilterNode.Text text) when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => number,
        (FieldType.Truth, FilterNode.Truth truth) => truth.Value,
        (FieldType.Truth, FilterNode.Text { Value: "true" or "True" }) => true,
        (FieldType.Truth, FilterNode.Text { Value: "false" or "False" }) => false,
        (FieldType.Text, FilterNode.Text text) => text.Value,
        (FieldType.Choice, FilterNode.Text text) => text.Value.ToLowerInvariant(),
        (FieldType.Text, FilterNode.Number number) => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => throw new FilterTextException($"'{field}' is compared with {Wanted(type)}", node.Position),
    };

    /// <summary>A value of an entry: texts are texts and numbers are numbers.</summary>
    public static FilterValue Loose(FilterNode node, EntryPart part, string field) => node switch
    {
        FilterNode.Text text when part == EntryPart.Score => Typed(text, FieldType.Number, field),
        FilterNode.Text text => text.Value,
        FilterNode.Number number when part is EntryPart.Key or EntryPart.Comment or EntryPart.Source =>
            number.Value.ToString(CultureInfo.InvariantCulture),
        FilterNode.Number number => number.Value,
        FilterNode.Truth truth when part == EntryPart.Score => truth.Value ? 1d : 0d,
        FilterNode.Truth truth => truth.Value,
        _ => throw new FilterTextException($"'{field}' is compared with a text, a number or a boolean", node.Position),
    };

    public static string Text(FilterNode node) =>
        node is FilterNode.Text text ? text.Value : throw new FilterTextException("A text in quotes belongs here", node.Position);

    /// <summary>A pattern of <c>like</c>.</summary>
    public static string Pattern(FilterNode node) =>
        Text(node) is { Length: <= PatternLengthMax } pattern ? pattern
            : throw new FilterTextException($"A pattern has at most {PatternLengthMax:N0} characters", node.Position);

    /// <summary>A JSON object all of whose texts are Unicode.</summary>
    public static JsonElement Checked(JsonElement json, int position)
    {
        try
        {
            Visit(json);
            return json;
        }
        catch (InvalidOperationException)
        {
            throw new FilterTextException("This JSON object has half of a surrogate pair", position);
        }

        static void Visit(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        _ = property.Name;
                        Visit(property.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        Visit(item);
                    }

                    break;
                case JsonValueKind.String:
                    _ = value.GetString();
                    break;
            }
        }
    }

    /// <summary>The words of a search: in any order, short and very common ones left out unless there are no others.</summary>
    public static IReadOnlyList<string> Words(FilterNode node)
    {
        var text = Text(node);
        var separators = text.Where(c => !char.IsLetterOrDigit(c) && c != '_').Distinct().ToArray();
        string[] all = separators.Length == 0 ? [text] : text.Split(separators, StringSplitOptions.RemoveEmptyEntries);
        string[] words = [.. all.Where(word => word.Length > 1 && !s_stopWords.Contains(word, StringComparer.OrdinalIgnoreCase))];
        if (all.Length > WordsMax || all.Any(word => word.Length > PatternLengthMax))
        {
            throw new FilterTextException($"A search has at most {WordsMax} words of {PatternLengthMax:N0} characters", node.Position);
        }

        return words.Length > 0 ? words
            : all is [{ Length: > 0 }, ..] ? all
            : throw new FilterTextException("There is no word to search for", node.Position);
    }

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static DateTimeOffset? TimeOf(double milliseconds) =>
        Math.Abs(milliseconds) < 1e14 ? DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds) : null;

    private static double? Seconds(string text)
    {
        var digits = text.AsSpan().Trim();
        var unit = digits.Length;
        while (unit > 0 && char.IsAsciiLetter(digits[unit - 1]))
        {
            unit--;
        }

        double? factor = digits[unit..] switch
        {
            "ms" => 0.001,
            "s" or "" => 1,
            "m" or "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => null,
        };
        return double.TryParse(digits[..unit], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number * factor
            : null;
    }

    private static string Wanted(FieldType type) => type switch
    {
        FieldType.Id => "a UUID in quotes",
        FieldType.Time => "an ISO 8601 time in quotes",
        FieldType.Seconds => "seconds, or a duration such as \"500ms\"",
        FieldType.Number => "a number",
        FieldType.Truth => "true or false",
        _ => "a text in quotes",
    };
}
