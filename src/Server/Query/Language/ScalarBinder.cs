namespace LangSmith.Server.Query.Language;

/// <summary>Binds functions of fields that are one property of a run.</summary>
internal static class ScalarBinder
{
    public static RunFilter Bind(FilterNode.Call call, string field, RunProperty property, FieldType type, FilterNode value)
    {
        if (value is FilterNode.Null)
        {
            var absent = new RunFilter.IsAbsent(property);
            return call.Function switch
            {
                "eq" => absent,
                "neq" => new RunFilter.Not(absent),
                _ => throw new FilterTextException($"'{call.Function}' does not go with null", call.Position),
            };
        }

        return call.Function switch
        {
            "eq" => Compare(Comparison.Equal),
            "neq" => Compare(Comparison.NotEqual),
            "gt" => Ordered(Comparison.Greater),
            "gte" => Ordered(Comparison.GreaterOrEqual),
            "lt" => Ordered(Comparison.Less),
            "lte" => Ordered(Comparison.LessOrEqual),
            "in" => OneOf(),
            "notin" => new RunFilter.Not(OneOf()),
            "like" when type == FieldType.Text => new RunFilter.Like(property, FilterValues.Pattern(value)),
            "notlike" when type == FieldType.Text => new RunFilter.Not(new RunFilter.Like(property, FilterValues.Pattern(value))),
            _ => throw new FilterTextException($"'{call.Function}' does not go with '{field}'", call.Position),
        };

        RunFilter.Compare Compare(Comparison comparison) => new(property, comparison, FilterValues.Typed(value, type, field));

        RunFilter.Compare Ordered(Comparison comparison) => type is FieldType.Id or FieldType.Truth or FieldType.Choice
            ? throw new FilterTextException($"'{call.Function}' does not go with '{field}'", call.Position)
            : Compare(comparison);

        RunFilter OneOf()
        {
            var items = FilterBinder.Items(value);
            FilterValue[] values = [.. items.Where(item => item is not FilterNode.Null).Select(item => FilterValues.Typed(item, type, field))];
            var one = new RunFilter.OneOf(property, values);
            return values.Length == items.Count ? one : new RunFilter.AnyOf(one, new RunFilter.IsAbsent(property));
        }
    }
}
