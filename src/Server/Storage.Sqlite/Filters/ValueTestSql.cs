using LangSmith.Server.Query;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Tests a text column by itself; the condition is 0 or 1, never null.</summary>
internal static class ValueTestSql
{
    public static void Add(SqlText sql, string column, ValueTest test)
    {
        switch (test)
        {
            case ValueTest.Compare compare:
                AddCompare(sql, column, compare.Comparison, compare.Value);
                break;
            case ValueTest.OneOf one:
                sql.Join(" OR ", one.Values, value => AddCompare(sql, column, Comparison.Equal, value), none: "0");
                break;
            case ValueTest.Like like:
                sql.Add($"(ifnull({column} {(like.Negated ? "NOT " : "")}LIKE ").Value(like.Pattern).Add($", {(like.Negated ? 1 : 0)}))");
                break;
            default:
                throw new NotSupportedException($"{test.GetType().Name} is no test that SQLite answers.");
        }
    }

    private static void AddCompare(SqlText sql, string column, Comparison comparison, FilterValue value)
    {
        var missing = comparison == Comparison.NotEqual ? 1 : 0;
        var (left, right) = value switch
        {
            // A text that is no number is not equal to any, and neither above nor below.
            FilterValue.Number number => ($"{PayloadFunctions.Number}({column})", (object)number.Value),
            FilterValue.Truth truth => (column, truth.Value ? "true" : "false"),
            FilterValue.Text text => (column, text.Value),
            FilterValue.Id id => (column, id.Value.ToString()),
            FilterValue.Time time => (column, time.Value.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"{value.GetType().Name} is no value that SQLite has."),
        };
        sql.Add($"ifnull({left} {PropertySql.Operator(comparison)} ").Value(right).Add($", {missing})");
    }
}
