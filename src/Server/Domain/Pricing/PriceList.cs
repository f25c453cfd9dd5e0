using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace LangSmith.Server.Domain.Pricing;

/// <summary>Finds the price of a model: the workspace's own rows before the built-in ones, the latest valid start first.</summary>
/// <remarks>Immutable and thread-safe; the answer for a model name is remembered, because a server sees the same few over and over.</remarks>
public sealed class PriceList
{
    private const int RememberedMax = 10_000;

    private readonly RowsOfPath[] _paths;

    /// <summary>Makes a list of rows in order of precedence; a row whose pattern is no regular expression is refused.</summary>
    /// <exception cref="ArgumentException">A pattern is no regular expression that works without backtracking.</exception>
    public PriceList(IEnumerable<ModelPrice> own, IEnumerable<ModelPrice> builtIn)
    {
        Row[] rows = [.. own.Select(price => new Row(price, 0)), .. builtIn.Select(price => new Row(price, 1))];
        _paths = [.. rows.GroupBy(row => string.Join('\n', row.Price.MatchPath)).Select(group => new RowsOfPath([.. group]))];
    }

    /// <summary>The prices that come with the server.</summary>
    public static PriceList BuiltIn { get; } = new([], BuiltInPrices.All);

    /// <summary>Finds the row for a model whose name is known; null when no row matches.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="provider">The provider; null matches only rows for any.</param>
    /// <param name="at">The run's start.</param>
    public ModelPrice? Find(string model, string? provider, DateTimeOffset at) => Find(_ => model, provider, at);

    /// <summary>Finds the row; null when no row matches.</summary>
    /// <param name="modelAt">The model's name when it is looked for under the keys of <see cref="ModelPrice.MatchPath"/>; null when there is none.</param>
    /// <param name="provider">The provider; null matches only rows for any.</param>
    /// <param name="at">The run's start.</param>
    public ModelPrice? Find(Func<IReadOnlyList<string>, string?> modelAt, string? provider, DateTimeOffset at) => _paths
        .SelectMany(path => modelAt(path.Keys) is { } model ? path.Matching(model) : [])
        .Where(row => row.Price.Provider is null || string.Equals(row.Price.Provider, provider, StringComparison.OrdinalIgnoreCase))
        .Where(row => row.Price.StartTime is null || row.Price.StartTime <= at)
        .OrderBy(row => row.Rank)
        .ThenByDescending(row => row.Price.StartTime ?? DateTimeOffset.MinValue)
        .Select(row => row.Price)
        .FirstOrDefault();

    /// <summary>The rows that look for the model's name under the same keys.</summary>
    private sealed class RowsOfPath(Row[] rows)
    {
        private readonly ConcurrentDictionary<string, Row[]> _matches = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Keys { get; } = rows[0].Price.MatchPath;

        public Row[] Matching(string model)
        {
            if (!_matches.TryGetValue(model, out var matches))
            {
                matches = [.. rows.Where(row => row.Pattern.IsMatch(model))];
                // Model names come from outside: without a bound, made-up ones would fill the memory.
                if (_matches.Count < RememberedMax)
                {
                    _matches[model] = matches;
                }
            }

            return matches;
        }
    }

    private sealed class Row(ModelPrice price, int rank)
    {
        public ModelPrice Price { get; } = price;

        public int Rank { get; } = rank;

        public Regex Pattern { get; } = Compile(price.MatchPattern);

        // Patterns come from users: the engine without backtracking cannot be made to hang.
        private static Regex Compile(string pattern)
        {
            try
            {
                return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
            }
            catch (NotSupportedException exception)
            {
                throw new ArgumentException($"'{pattern}' needs backtracking (lookaround or back references).", nameof(pattern), exception);
            }
        }
    }
}
