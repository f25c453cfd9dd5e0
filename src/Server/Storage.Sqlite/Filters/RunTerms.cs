using LangSmith.Server.Storage.Sqlite.Connections;
using LangSmith.Server.Storage.Sqlite.Search;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Tells how many runs have a term or a word, as far as it matters for the choice of an index. For one read.</summary>
internal sealed class RunTerms(Statements statements)
{
    /// <summary>The words of runs.</summary>
    public SearchSql Search { get; } = new(statements);

    // So many rows are read one by one and sorted about as fast as the newest of a common term are found by going through all in order.
    private const long RareMax = 5_000;

    /// <summary>Whether so few runs have the term that it is best to begin with them.</summary>
    public bool IsRare(long hash) =>
        (long)statements.Prepare("SELECT count(*) FROM (SELECT 1 FROM run_term WHERE hash = ?1 LIMIT ?2)").Scalar(hash, RareMax)! < RareMax;
}
