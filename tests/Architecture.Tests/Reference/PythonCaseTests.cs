namespace Architecture.Tests.Reference;

/// <summary>The page that says what becomes of each case of the Python client keeps its word: no case is missing, every test is there.</summary>
public sealed class PythonCaseTests
{
    private const string PagePath = "docs/python-cases.md";
    private const string NotApplicable = "not applicable: ";

    private static readonly (string Letter, int Count)[] s_groups =
        [("U", 16), ("I", 30), ("D", 15), ("C", 30), ("H", 10), ("B", 25), ("S", 6), ("F", 20), ("Q", 20), ("M", 10)];

    [Fact]
    public void Cases_All182_HaveAVerdictAndARealTest() => Rule.Holds(CaseViolations(Checkout.Find(PagePath)!.Lines, NamedTests.All()));

    [Fact]
    public void Defects_All59_HaveARealTest() => Rule.Holds(DefectViolations(Checkout.Find(PagePath)!.Lines, NamedTests.All()));

    [Theory]
    [InlineData("| U1 | w | kept | A.No_Such_Test |", "A.No_Such_Test")]
    [InlineData("| U1 | w | kept | – |", "U1")]
    [InlineData("| U1 | w | maybe | A.Is_A_Test |", "maybe")]
    [InlineData("| U1 | w | not applicable | – |", "U1")]
    [InlineData("", "U1")]
    [InlineData("| X1 | w | kept | A.Is_A_Test |", "X1")]
    public void CaseViolations_SomethingIsMissing_NamesIt(string line, string named) =>
        Assert.Contains(CaseViolations([line], new HashSet<string> { "A.Is_A_Test" }), violation => violation.Contains(named, StringComparison.Ordinal));

    [Fact]
    public void DefectViolations_UnknownTest_IsNamed() =>
        Assert.Contains(DefectViolations(["| 7 | w | h | A.B |"], new HashSet<string>()), violation => violation.Contains("A.B", StringComparison.Ordinal));

    private static IEnumerable<string> CaseViolations(IEnumerable<string> lines, HashSet<string> tests)
    {
        var expected = s_groups.SelectMany(group => Enumerable.Range(1, group.Count).Select(number => $"{group.Letter}{number}")).ToHashSet();
        var rows = Rows(lines).Where(row => char.IsAsciiLetterUpper(row[0][0]) && row[0].Any(char.IsAsciiDigit)).ToArray();
        foreach (var missing in Differences(expected, rows))
        {
            yield return missing;
        }

        foreach (var row in rows)
        {
            var (verdict, test) = (row[2], row[3]);
            if (verdict.StartsWith(NotApplicable, StringComparison.Ordinal) && test == "–")
            {
                continue;
            }

            if (!verdict.StartsWith("kept", StringComparison.Ordinal) && !verdict.StartsWith("improved", StringComparison.Ordinal))
            {
                yield return $"{PagePath}: {row[0]} is '{verdict}'; say kept, improved, or {NotApplicable}and why.";
            }

            if (!tests.Contains(test))
            {
                yield return $"{PagePath}: {row[0]} names {test}, which is no test.";
            }
        }
    }

    private static IEnumerable<string> DefectViolations(IEnumerable<string> lines, HashSet<string> tests)
    {
        var rows = Rows(lines).Where(row => row[0].All(char.IsAsciiDigit)).ToArray();
        return Differences([.. Enumerable.Range(1, 59).Select(number => $"{number}")], rows).Concat(
            rows.Where(row => !tests.Contains(row[3])).Select(row => $"{PagePath}: defect {row[0]} names {row[3]}, which is no test."));
    }

    private static IEnumerable<string> Differences(HashSet<string> expected, IReadOnlyCollection<string[]> rows)
    {
        var given = rows.Select(row => row[0]).ToArray();
        return expected.Except(given).Select(name => $"{PagePath}: {name} is missing.")
            .Concat(given.Except(expected).Select(name => $"{PagePath}: there is no {name}."))
            .Concat(given.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{PagePath}: {group.Key} is there twice."));
    }

    private static IEnumerable<string[]> Rows(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | ")).Where(cells => cells.Length == 4);
}
