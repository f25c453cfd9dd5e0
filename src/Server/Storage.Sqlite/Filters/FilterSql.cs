using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Runs;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Turns a bound filter into SQL about one row of <c>run</c>. Every condition is 0 or 1, never null, so that NOT means not.</summary>
internal sealed class FilterSql(SqlText sql, WorkspaceId workspace, string run)
{
    public void Add(RunFilter filter)
    {
        switch (filter)
        {
            case RunFilter.AllOf all:
                sql.Join(" AND ", all.Parts, Add, none: "1");
                break;
            case RunFilter.AnyOf any:
                sql.Join(" OR ", any.Parts, Add, none: "0");
                break;
            case RunFilter.Not not:
                sql.Add("NOT (");
                Add(not.Part);
                sql.Add(")");
                break;
            case RunFilter.Compare compare:
                AddCompare(compare);
                break;
            case RunFilter.OneOf one:
                sql.Add("ifnull(").In(Column(one.Property), one.Values.Select(value => PropertySql.Value(one.Property, value))).Add(", 0)");
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
                new EntrySql(sql, workspace, run).Add(entry);
                break;
            case RunFilter.MetadataContains contains:
                new MetadataSql(sql, workspace, run).Add(contains);
                break;
            case RunFilter.Search search:
                sql.Join(" AND ", search.Words, AddSearched, none: "1");
                break;
            default:
                throw new NotSupportedException($"{filter.GetType().Name} is no filter that SQLite answers.");
        }
    }

    private void AddCompare(RunFilter.Compare compare)
    {
        var missing = compare.Comparison == Comparison.NotEqual ? 1 : 0;
        sql.Add($"ifnull({Column(compare.Property)} {PropertySql.Operator(compare.Comparison)} ")
            .Value(PropertySql.Value(compare.Property, compare.Value))
            .Add($", {missing})");
    }

    private void AddTag(RunFilter.HasTag tag)
    {
        sql.Add("(");
        if (tag.Test is ValueTest.Compare { Comparison: Comparison.Equal, Value: FilterValue.Text text })
        {
            sql.Add($"{run}.rid IN (SELECT rid FROM run_term WHERE hash = ").Value(RunTerm.Tag(workspace, text.Value)).Add(") AND ");
        }

        sql.Add($"EXISTS (SELECT 1 FROM json_each({run}.tags) AS e WHERE ");
        ValueTestSql.Add(sql, "e.value", tag.Test);
        sql.Add("))");
    }

    private void AddSearched(string word)
    {
        sql.Add("(");
        AddWord($"{run}.name", word);
        foreach (var column in (ReadOnlySpan<string>)
            [$"{run}.error", PropertySql.Payload(run, RunProperty.Inputs), PropertySql.Payload(run, RunProperty.Outputs), $"{run}.tags", $"{run}.metadata"])
        {
            sql.Add(" OR ");
            AddWord(column, word);
        }

        sql.Add(")");
    }

    private void AddWord(string column, string word) =>
        sql.Add($"ifnull({column} LIKE ").Value($"%{Escape(word)}%").Add(" ESCAPE '\\', 0)");

    private string Column(RunProperty property) => PropertySql.Column(run, property);

    private static string Escape(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
