using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace LangSmith.Server.Domain.Pricing;

/// <summary>Finds the price of a model: the workspace's own rows before the built-in ones, the latest valid start first.</summary>
/// <remarks>Immutable and thread-safe; the answer for a model name is remembered, because a server sees the same few over and over.</remarks>
public sealed class PriceList
{
    private const int RememberedMax = 10_000;

    private readonly Row[] _rows;
    private readonly ConcurrentDictionary<string, Row[]> _matches = new(StringComparer.Ordinal);

    /// <summary>Makes a list of rows in order of precedence; a row whose pattern is no regular expression is refused.</summary>
    /// <exception cref="ArgumentException">A pattern is no regular expression that works without backtracking.</exception>
    public PriceList(IEnumerable<ModelPrice> own, IEnumerable<ModelPrice> builtIn)
    {
        _rows = [.. own.Select(price => new Row(price, 0)), .. builtIn.Select(price => new Row(price, 1))];
    }

    /// <summary>The prices that come with the server.</summary>
    public static PriceList BuiltIn { get; } = new([], BuiltInPrices.All);

    /// <summary>Finds the row; null when no row matches.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="provider">The provider; null matches only rows for any.</param>
    /// <param name="at">The run's start.</param>
    public ModelPrice? Find(string model, string? provider, DateTimeOffset at)
    {
        if (!_matches.TryGetValue(model, out var matches))
        {
            matches = [.. _rows.Where(row => row.Pattern.IsMatch(model))];
            // Model names come from outside: without a bound, made-up ones would fill the memory.
            if (_matches.Count < RememberedMax)
            {
                _matches[model] = matches;
            }
        }

        return matches
            .Where(row => row.Price.Provider is null || string.Equals(row.Price.Provider, provider, StringComparison.OrdinalIgnoreCase))
            .Where(row => row.Price.StartTime is null || row.Price.StartTime <= at)
            .OrderBy(row => row.Rank)
            .ThenByDescending(row => row.Price.StartTime ?? DateTimeOffset.MinValue)
            .Select(row => row.Price)
            .FirstOrDefault();
    }

    private sealed class Row(ModelPrice price, int rank)
    {
        public ModelPrice Price { get; } = price;

        public int Rank { get; } = rank;

        // Patterns come from users: the engine without backtracking cannot be made to hang.
        public Regex Pattern { get; } = new(price.MatchPattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }
}
