namespace LangSmith.Server.Query.Language;

/// <summary>One test of a pair field, such as <c>neq(metadata_value, "x")</c>.</summary>
/// <param name="Family">Whose entries.</param>
/// <param name="Part">What of an entry.</param>
/// <param name="Tests">What must hold of that part of one entry.</param>
/// <param name="Positive">The same without its negation, when it has one; null when it is positive itself.</param>
internal sealed record EntryAtom(EntryFamily Family, EntryPart Part, IReadOnlyList<ValueTest> Tests, ValueTest? Positive)
{
    public bool IsNegative => Positive is not null;

    public IEnumerable<EntryTest> Entries => Tests.Select(test => new EntryTest(Part, test));

    /// <summary>True when no entry passes the test that this one negates.</summary>
    public RunFilter Nowhere => new RunFilter.Not(new RunFilter.HasEntry(Family, [new EntryTest(Part, Positive!)]));

    /// <summary>Reads one; null when the call is none.</summary>
    public static EntryAtom? TryBind(FilterNode node)
    {
        if (node is not FilterNode.Call { Arguments: [var first, var value] } call || FilterBinder.FieldName(first) is not { } field
            || !FilterFields.Pairs.TryGetValue(field, out var pair))
        {
            return null;
        }

        var (family, part) = pair;
        return call.Function switch
        {
            "eq" => Plain(Comparison.Equal),
            "gt" => Plain(Comparison.Greater),
            "gte" => Plain(Comparison.GreaterOrEqual),
            "lt" => Plain(Comparison.Less),
            "lte" => Plain(Comparison.LessOrEqual),
            "neq" => new EntryAtom(family, part, [Compare(Comparison.NotEqual, value)], Compare(Comparison.Equal, value)),
            "in" => new EntryAtom(family, part, [OneOf()], null),
            "notin" => new EntryAtom(family, part, [.. FilterBinder.Items(value).Select(item => Compare(Comparison.NotEqual, item))], OneOf()),
            "like" when part != EntryPart.Score => new EntryAtom(family, part, [new ValueTest.Like(FilterValues.Pattern(value))], null),
            "notlike" when part != EntryPart.Score => new EntryAtom(
                family, part, [new ValueTest.Like(FilterValues.Pattern(value), Negated: true)], new ValueTest.Like(FilterValues.Pattern(value))),
            _ => throw new FilterTextException($"'{call.Function}' does not go with '{field}'", call.Position),
        };

        EntryAtom Plain(Comparison comparison) => new(family, part, [Compare(comparison, value)], null);

        ValueTest.Compare Compare(Comparison comparison, FilterNode operand) => new(comparison, FilterValues.Loose(operand, part, field));

        ValueTest.OneOf OneOf() => new([.. FilterBinder.Items(value).Select(item => FilterValues.Loose(item, part, field))]);
    }

    /// <summary>Joins the atoms of one <c>and</c>: each key owns the values that follow it until the next key of its family.</summary>
    public static IEnumerable<RunFilter> Join(IReadOnlyList<EntryAtom> atoms)
    {
        foreach (var family in atoms.GroupBy(atom => atom.Family))
        {
            var groups = new List<List<EntryAtom>>();
            foreach (var atom in family)
            {
                // Values before the first key belong to it as well.
                if (groups.Count == 0 || (atom.Part == EntryPart.Key && groups[^1].Exists(other => other.Part == EntryPart.Key)))
                {
                    groups.Add([]);
                }

                groups[^1].Add(atom);
            }

            foreach (var filter in groups.SelectMany(group => Filters(family.Key, group)))
            {
                yield return filter;
            }
        }
    }

    private static IEnumerable<RunFilter> Filters(EntryFamily family, List<EntryAtom> group)
    {
        var key = group.Find(atom => atom.Part == EntryPart.Key);
        if (key is { IsNegative: false })
        {
            // One entry passes the key's test and each value's, negative ones included.
            return [new RunFilter.HasEntry(family, [.. group.SelectMany(atom => atom.Entries)])];
        }

        var negative = group.Where(atom => atom.IsNegative).Select(atom => atom.Nowhere);
        EntryTest[] positive = [.. group.Where(atom => !atom.IsNegative).SelectMany(atom => atom.Entries)];
        return positive.Length == 0 ? negative : negative.Append(new RunFilter.HasEntry(family, positive));
    }
}
