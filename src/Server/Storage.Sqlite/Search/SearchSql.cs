using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Filters;

namespace LangSmith.Server.Storage.Sqlite.Search;

/// <summary>Asks the index for words, and what is not yet in it itself.</summary>
internal sealed class SearchSql(Statements statements)
{
    // So many hits are read and sorted faster than the newest are found in order.
    private const long RareMax = 5_000;

    // Writes that a search reads through because the index has not; beyond, it says how far it knows.
    private const long BehindMax = 5_000;

    private const string Behind = "SELECT rid FROM run_write WHERE sequence > ";

    private (long Sequence, DateTimeOffset ReceivedAt)? _progress;
    private bool? _isBehind;
    private bool _isSearched;

    /// <summary>Until when what was received is searched; null for until now, also when nothing was searched.</summary>
    public DateTimeOffset? SearchedUntil => _isSearched && IsBehind ? Progress.ReceivedAt : null;

    /// <summary>Whether so much is missing in the index that it is not read through.</summary>
    private bool IsBehind => _isBehind ??=
        (long)statements.Prepare($"SELECT count(*) FROM ({Behind} ?1 LIMIT ?2)").Scalar(Progress.Sequence, BehindMax)! == BehindMax;

    private (long Sequence, DateTimeOffset ReceivedAt) Progress => _progress ??=
        statements.Prepare($"SELECT sequence, received_at FROM {SearchFile.Schema}.progress").First(row => (row.Number(0), row.Time(1)));

    /// <summary>Adds the condition that a run has a word or, when it has several, these words next to each other.</summary>
    /// <returns>Whether few runs have it.</returns>
    public bool Add(SqlText sql, string run, string word)
    {
        var words = SearchText.Of(word);
        if (words.Length == 0)
        {
            sql.Add("1");
            return false;
        }

        _isSearched = true;
        AddMatching(sql, run, words);
        return IsRare(words);
    }

    /// <summary>Adds the same condition when few runs have the word and none that has it could be missed: to narrow another condition, not to be one.</summary>
    /// <returns>Whether it was added.</returns>
    public bool AddIfRare(SqlText sql, string run, string word)
    {
        var words = SearchText.Of(word);
        if (words.Length == 0 || IsBehind || !IsRare(words))
        {
            return false;
        }

        AddMatching(sql, run, words);
        return true;
    }

    private bool IsRare(string words) => (long)statements.Prepare(
        $"SELECT count(*) FROM (SELECT 1 FROM {SearchFile.Schema}.run_text WHERE run_text MATCH ?1 LIMIT ?2)").Scalar(Match(words), RareMax)! < RareMax;

    // The words hold no quotes, nor anything else that the index's own language knows.
    private static string Match(string words) => $"\"{words.TrimEnd()}\"";

    private void AddMatching(SqlText sql, string run, string words)
    {
        sql.Add($"{run}.rid IN (SELECT rowid FROM {SearchFile.Schema}.run_text WHERE run_text MATCH ").Value(Match(words));
        if (!IsBehind)
        {
            AddBehind(sql, words);
        }

        sql.Add(")");
    }

    private void AddBehind(SqlText sql, string words) =>
        sql.Add($" AND rowid NOT IN ({Behind}").Value(Progress.Sequence)
            .Add(") UNION ALL SELECT n.rid FROM run AS n WHERE n.rid IN (").Add(Behind).Value(Progress.Sequence)
            .Add($") AND instr(' ' || {PayloadFunctions.Words}(n.name, n.error, n.tags, n.metadata)")
            .Add($" || ifnull((SELECT {PayloadFunctions.PayloadWords}(w.payload, w.payload_blob, 0) FROM run_write AS w WHERE w.sequence = n.inputs_from), '')")
            .Add($" || ifnull((SELECT {PayloadFunctions.PayloadWords}(w.payload, w.payload_blob, 1) "
                + "FROM run_write AS w WHERE w.sequence = n.outputs_from), ''), ")
            .Value(" " + words).Add(") > 0");
}
