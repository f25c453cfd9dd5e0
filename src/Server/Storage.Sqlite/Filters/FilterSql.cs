using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Runs;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Turns a bound filter into SQL about one row of <c>run</c>.</summary>
/// <remarks>
/// Within a NOT every condition is 0 or 1, never null, so that NOT means not. Elsewhere a null counts as false anyway, and comparisons stay
/// plain, because an index sees through nothing else.
/// </remarks>
internal sealed class FilterSql(SqlText sql, WorkspaceId workspace, string run, RunTerms terms)
{
    private bool _isNegated;
    private bool _isConjunct = true;

    /// <summary>Whether every run that passes is on a short list of row ids: then no index is better.</summary>
    public bool IsNarrowed { get; private set; }

    /// <summary>Whether every run that passes has a given id of its own, its trace's or its parent's: then order is better made by sorting.</summary>
    public bool IsKeyed { get; private set; }

    public void Add(RunFilter filter)
    {
        switch (filter)
        {
            case RunFilter.AllOf all:
                sql.Join(" AND ", all.Parts, Add, none: "1");
                break;
            case RunFilter.AnyOf any:
                var wasConjunct = _isConjunct;
                _isConjunct &= any.Parts.Count == 1;
                sql.Join(" OR ", any.Parts, Add, none: "0");
                _isConjunct = wasConjunct;
                break;
            case RunFilter.Not not:
                AddNot(not);
                break;
            case RunFilter.Compare compare:
                AddCompare(compare);
                break;
            case RunFilter.OneOf one:
                IsKeyed |= _isConjunct && IsKey(one.Property);
                AddTruth(one.Property, () => sql.In(Column(one.Property), one.Values.Select(value => PropertySql.Value(one.Property, value))));
                break;
            case RunFilter.IsAbsent absent:
                sql.Add($"{Column(absent.Property)} IS NULL");
                break;
            case RunFilter.Like like:
                sql.Add($"ifnull({Column(like.Property)} LIKE ").Value(like.Pattern).Add(", 0)");
                break;
            case RunFilter.Contains contains:
                sql.Join(" AND ", contains.Words, word => AddWord(Column(contains.Property), word), none: "1");
                break;
            case RunFilter.HasTag tag:
                AddTag(tag);
                break;
            case RunFilter.HasEntry entry:
                new EntrySql(sql, workspace, run, AddTerms, AddWords).Add(entry);
                break;
            case RunFilter.MetadataContains contains:
                new MetadataSql(sql, workspace, run, AddTerms).Add(contains);
                break;
            case RunFilter.Search search:
                sql.Join(" AND ", search.Words, AddSearched, none: "1");
                break;
            default:
                throw new NotSupportedException($"{filter.GetType().Name} is no filter that SQLite answers.");
        }
    }

    private void AddNot(RunFilter.Not not)
    {
        var (wasNegated, wasConjunct) = (_isNegated, _isConjunct);
        (_isNegated, _isConjunct) = (true, false);
        sql.Add("NOT (");
        Add(not.Part);
        sql.Add(")");
        (_isNegated, _isConjunct) = (wasNegated, wasConjunct);
    }

    private void AddCompare(RunFilter.Compare compare)
    {
        var value = PropertySql.Value(compare.Property, compare.Value);
        if (compare.Comparison == Comparison.NotEqual && !PropertySql.IsAlwaysThere(compare.Property))
        {
            sql.Add($"ifnull({Column(compare.Property)} <> ").Value(value).Add(", 1)");
        }
        else
        {
            IsKeyed |= _isConjunct && compare.Comparison == Comparison.Equal && IsKey(compare.Property);
            AddTruth(compare.Property, () => sql.Add($"{Column(compare.Property)} {PropertySql.Operator(compare.Comparison)} ").Value(value));
        }
    }

    /// <summary>Adds a condition that is null where the property is.</summary>
    private void AddTruth(RunProperty property, Action condition)
    {
        if (!_isNegated || PropertySql.IsAlwaysThere(property))
        {
            condition();
            return;
        }

        sql.Add("ifnull(");
        condition();
        sql.Add(", 0)");
    }

    /// <summary>Adds the condition that the term index has one of some terms, followed by AND, when it helps: what follows is to verify it.</summary>
    private void AddTerms(long[] hashes)
    {
        if (!hashes.All(terms.IsRare))
        {
            return;
        }

        sql.Add($"{run}.rid IN (SELECT rid FROM run_term WHERE ").In("hash", hashes).Add(") AND ");
        IsNarrowed |= _isConjunct;
    }

    /// <summary>The same with the words of a value of the metadata, whose key is not known.</summary>
    private void AddWords(string value)
    {
        if (terms.Search.AddIfRare(sql, run, value))
        {
            sql.Add(" AND ");
            IsNarrowed |= _isConjunct;
        }
    }

    private void AddTag(RunFilter.HasTag tag)
    {
        sql.Add("(");
        if (tag.Test is ValueTest.Compare { Comparison: Comparison.Equal, Value: FilterValue.Text text })
        {
            AddTerms([RunTerm.Tag(workspace, text.Value)]);
        }

        sql.Add($"EXISTS (SELECT 1 FROM json_each({run}.tags) AS e WHERE ");
        ValueTestSql.Add(sql, "e.value", tag.Test);
        sql.Add("))");
    }

    private void AddSearched(string word) => IsNarrowed |= terms.Search.Add(sql, run, word) && _isConjunct;

    private void AddWord(string column, string word) =>
        sql.Add($"ifnull({column} LIKE ").Value($"%{Escape(word)}%").Add(" ESCAPE '\\', 0)");

    private static bool IsKey(RunProperty property) => property
        is RunProperty.Id or RunProperty.TraceId or RunProperty.ParentRunId or RunProperty.ReferenceExampleId or RunProperty.ThreadId;

    private string Column(RunProperty property) => PropertySql.Column(run, property);

    private static string Escape(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
