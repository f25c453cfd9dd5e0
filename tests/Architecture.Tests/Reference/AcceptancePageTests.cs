using System.Text.RegularExpressions;

namespace Architecture.Tests.Reference;

/// <summary>The page of the fifty acceptance calls keeps its word: each is there once, and each proof is a test.</summary>
public sealed partial class AcceptancePageTests
{
    private const string PagePath = "docs/acceptance.md";
    private const int Calls = 50;

    [Fact]
    public void Calls_AllFifty_HaveARealTestOrAReason() => Rule.Holds(Violations(Checkout.Find(PagePath)!.Lines, NamedTests.All()));

    [Theory]
    [InlineData("| 1 | call | HTTP | `A.No_Such_Test` |", "A.No_Such_Test")]
    [InlineData("| 1 | call | HTTP | |", "1 has neither")]
    [InlineData("| 51 | call | HTTP | `A.Is_A_Test` |", "51")]
    public void Violations_SomethingIsMissing_NamesIt(string line, string named) =>
        Assert.Contains(Violations([line], ["A.Is_A_Test"]), violation => violation.Contains(named, StringComparison.Ordinal));

    private static IEnumerable<string> Violations(IEnumerable<string> lines, HashSet<string> tests)
    {
        var rows = lines.Select(line => Row().Match(line)).Where(match => match.Success).ToArray();
        var given = rows.Select(row => int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        if (!given.SequenceEqual(Enumerable.Range(1, Calls)))
        {
            yield return $"{PagePath} lists {string.Join(", ", given)}; list 1 to {Calls}, each once and in order.";
        }

        foreach (var row in rows)
        {
            var proofs = Proof().Matches(row.Groups["proof"].Value);
            if (proofs.Count == 0 && !row.Groups["how"].Value.StartsWith("not run: ", StringComparison.Ordinal))
            {
                yield return $"{PagePath}: {row.Groups["number"].Value} has neither a test nor a reason.";
            }

            foreach (var proof in proofs.Select(match => match.Groups["test"].Value).Where(proof => !tests.Contains(proof)))
            {
                yield return $"{PagePath}: {row.Groups["number"].Value} names {proof}, which is no test.";
            }
        }
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \| (?<how>[^|]+) \|(?<proof>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<test>[^`]+)`")]
    private static partial Regex Proof();
}
