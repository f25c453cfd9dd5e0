using System.Text.Json;

namespace LangSmith.Server.Query.Language;

/// <summary>Gives the names of an expression their meaning.</summary>
internal static class FilterBinder
{
    private static readonly string[] s_functions =
        ["and", "or", "not", "eq", "neq", "gt", "gte", "lt", "lte", "in", "notin", "like", "notlike", "has", "exists", "search"];

    public static RunFilter Bind(FilterNode node)
    {
        if (node is not FilterNode.Call call)
        {
            throw new FilterTextException("A function such as eq(name, \"x\") belongs here", node.Position);
        }

        return call.Function switch
        {
            "and" => BindAll(call.Arguments),
            "or" => new RunFilter.AnyOf([.. call.Arguments.Select(Bind)]),
            "not" => new RunFilter.Not(Bind(Only(call))),
            "search" => BindSearch(call),
            _ when !s_functions.Contains(call.Function, StringComparer.Ordinal) =>
                throw new FilterTextException($"'{call.Function}' is no function; there are {string.Join(", ", s_functions)}", call.Position),
            _ when EntryAtom.TryBind(call) is { } atom => All([.. EntryAtom.Join([atom])]),
            _ => BindField(call),
        };
    }

    /// <summary>The name of a field, bare or in quotes; null when the node is none.</summary>
    public static string? FieldName(FilterNode node) => node switch
    {
        FilterNode.Name name => name.Value,
        FilterNode.Text text => text.Value,
        _ => null,
    };

    public static IReadOnlyList<FilterNode> Items(FilterNode node) => node is FilterNode.List list ? list.Items : [node];

    private static RunFilter BindAll(IReadOnlyList<FilterNode> arguments)
    {
        var filters = new List<RunFilter>();
        var atoms = new List<EntryAtom>();
        foreach (var argument in arguments)
        {
            if (EntryAtom.TryBind(argument) is { } atom)
            {
                atoms.Add(atom);
            }
            else
            {
                filters.Add(Bind(argument));
            }
        }

        filters.AddRange(EntryAtom.Join(atoms));
        return All(filters);
    }

    private static RunFilter All(List<RunFilter> filters) => filters.Count == 1 ? filters[0] : new RunFilter.AllOf(filters);

    private static FilterNode Only(FilterNode.Call call) =>
        call.Arguments is [var only] ? only : throw new FilterTextException($"'{call.Function}' takes one argument", call.Position);

    private static RunFilter BindSearch(FilterNode.Call call)
    {
        if (call.Arguments is [var text])
        {
            return new RunFilter.Search(FilterValues.Words(text));
        }

        var (field, node, words) = FieldAnd(call);
        return FilterFields.Scalars.TryGetValue(field, out var scalar) && scalar.Type == FieldType.Text
            ? new RunFilter.Contains(scalar.Property, FilterValues.Words(words))
            : throw new FilterTextException($"'{field}' holds no text to search in", node.Position);
    }

    private static RunFilter BindField(FilterNode.Call call)
    {
        var (field, node, value) = FieldAnd(call);
        if (field.Equals("tags", StringComparison.OrdinalIgnoreCase))
        {
            return BindTags(call, value);
        }

        if (field.Equals("metadata", StringComparison.OrdinalIgnoreCase))
        {
            return BindMetadata(call, value);
        }

        if (FilterFields.Scalars.TryGetValue(field, out var scalar))
        {
            return ScalarBinder.Bind(call, field, scalar.Property, scalar.Type, value);
        }

        var dot = field.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && FilterFields.Dotted.TryGetValue(field[..dot], out var family))
        {
            return BindDotted(call, field, family, field[(dot + 1)..], value);
        }

        if (field.Equals("ls_user_id", StringComparison.OrdinalIgnoreCase))
        {
            return BindDotted(call, field, EntryFamily.Metadata, field, value);
        }

        var known = FilterFields.Scalars.Keys.Concat(FilterFields.Pairs.Keys).Append("tags").Append("metadata").Order(StringComparer.Ordinal);
        throw new FilterTextException($"'{field}' is no field of a run; there are {string.Join(", ", known)}", node.Position);
    }

    private static (string Field, FilterNode Node, FilterNode Value) FieldAnd(FilterNode.Call call) =>
        call.Arguments is [var field, var value] && FieldName(field) is { Length: > 0 } name
            ? (name, field, value)
            : throw new FilterTextException($"'{call.Function}' takes a field and a value", call.Position);

    private static RunFilter BindTags(FilterNode.Call call, FilterNode value)
    {
        return call.Function switch
        {
            "has" or "eq" => Equal(),
            "neq" => new RunFilter.Not(Equal()),
            "in" => Any(),
            "notin" => new RunFilter.Not(Any()),
            "like" => Like(),
            "notlike" => new RunFilter.Not(Like()),
            _ => throw new FilterTextException($"'{call.Function}' does not go with 'tags'", call.Position),
        };

        RunFilter.HasTag Equal() => new(new ValueTest.Compare(Comparison.Equal, FilterValues.Text(value)));

        RunFilter.HasTag Any() => new(new ValueTest.OneOf([.. Items(value).Select(item => (FilterValue)FilterValues.Text(item))]));

        RunFilter.HasTag Like() => new(new ValueTest.Like(FilterValues.Pattern(value)));
    }

    private static RunFilter BindMetadata(FilterNode.Call call, FilterNode value)
    {
        if (call.Function is not ("has" or "exists"))
        {
            throw new FilterTextException(
                $"'{call.Function}' does not go with 'metadata'; compare metadata.key, or metadata_key with metadata_value", call.Position);
        }

        if (value is FilterNode.Json json)
        {
            return new RunFilter.MetadataContains(FilterValues.Checked(json.Value, value.Position));
        }

        var text = FilterValues.Text(value);
        if (call.Function == "exists" || !text.TrimStart().StartsWith('{'))
        {
            return HasKey(EntryFamily.Metadata, text);
        }

        try
        {
            return new RunFilter.MetadataContains(FilterValues.Checked(JsonElement.Parse(text), value.Position));
        }
        catch (JsonException)
        {
            throw new FilterTextException("This is no JSON object", value.Position);
        }
    }

    private static RunFilter BindDotted(FilterNode.Call call, string field, EntryFamily family, string key, FilterNode value)
    {
        if (value is FilterNode.Null)
        {
            return call.Function switch
            {
                "eq" => new RunFilter.Not(HasKey(family, key)),
                "neq" => HasKey(family, key),
                _ => throw new FilterTextException($"'{call.Function}' does not go with null", call.Position),
            };
        }

        // A run without the key is not equal to anything.
        return call.Function switch
        {
            "eq" => Compared(Comparison.Equal),
            "neq" => new RunFilter.Not(Compared(Comparison.Equal)),
            "gt" => Compared(Comparison.Greater),
            "gte" => Compared(Comparison.GreaterOrEqual),
            "lt" => Compared(Comparison.Less),
            "lte" => Compared(Comparison.LessOrEqual),
            "in" => Any(),
            "notin" => new RunFilter.Not(Any()),
            "like" => Entry(new ValueTest.Like(FilterValues.Pattern(value))),
            "notlike" => new RunFilter.Not(Entry(new ValueTest.Like(FilterValues.Pattern(value)))),
            _ => throw new FilterTextException($"'{call.Function}' does not go with '{field}'", call.Position),
        };

        RunFilter.HasEntry Compared(Comparison comparison) => Entry(new ValueTest.Compare(comparison, FilterValues.Loose(value, EntryPart.Value, field)));

        RunFilter.HasEntry Any() => Entry(new ValueTest.OneOf([.. Items(value).Select(item => FilterValues.Loose(item, EntryPart.Value, field))]));

        RunFilter.HasEntry Entry(ValueTest test) => new(family, [KeyIs(key), new EntryTest(EntryPart.Value, test)]);
    }

    private static RunFilter.HasEntry HasKey(EntryFamily family, string key) => new(family, [KeyIs(key)]);

    private static EntryTest KeyIs(string key) => new(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key));
}
