using System.Globalization;
using System.Text;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>A statement in the making: values become parameters, never text.</summary>
internal sealed class SqlText
{
    private const int ChainMax = 100;

    // SQLite takes 32,766.
    private const int ValuesMax = 32_000;

    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    public string Text => _text.ToString();

    public object?[] Values => [.. _values];

    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Puts text before everything; it must hold no values.</summary>
    public SqlText Prepend(string sql)
    {
        _text.Insert(0, sql);
        return this;
    }

    public SqlText Value(object? value) => Add(Parameter(value));

    /// <summary>Takes a value and returns the name by which the text can use it.</summary>
    public string Parameter(object? value)
    {
        if (_values.Count == ValuesMax)
        {
            throw new QueryTooLargeException(ValuesMax);
        }

        _values.Add(value);
        return "?" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Adds <c>AND column IN (...)</c>; nothing when there are no values.</summary>
    public SqlText AndIn<T>(string column, IReadOnlyCollection<T> values) => values.Count == 0 ? this : Add(" AND ").In(column, values);

    public SqlText In<T>(string column, IEnumerable<T> values)
    {
        Add(column).Add(" IN (");
        var first = true;
        foreach (var value in values)
        {
            Add(first ? "" : ", ").Value(value);
            first = false;
        }

        return Add(")");
    }

    /// <summary>Adds parts with a word between them, in brackets; the word for none when there are none.</summary>
    public SqlText Join<T>(string word, IReadOnlyList<T> parts, Action<T> add, string none) =>
        parts.Count == 0 ? Add(none) : JoinRange(word, parts, 0, parts.Count, add);

    // Chains are trees to SQLite, and of bounded depth: long ones are cut in halves.
    private SqlText JoinRange<T>(string word, IReadOnlyList<T> parts, int from, int to, Action<T> add)
    {
        Add("(");
        if (to - from > ChainMax)
        {
            var middle = (from + to) / 2;
            JoinRange(word, parts, from, middle, add).Add(word);
            JoinRange(word, parts, middle, to, add);
            return Add(")");
        }

        for (var index = from; index < to; index++)
        {
            Add(index == from ? "" : word);
            add(parts[index]);
        }

        return Add(")");
    }
}
