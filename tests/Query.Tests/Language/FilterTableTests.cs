using System.Text.RegularExpressions;
using LangSmith.Server.Query.Evaluation;
using LangSmith.Server.Query.Language;
using LangSmith.Server.Query.Tests.Support;

namespace LangSmith.Server.Query.Tests.Language;

/// <summary>The language by its tables: what an expression finds, what it means, and what is wrong with it.</summary>
public sealed partial class FilterTableTests
{
    public static TheoryData<string, string> Matches => CaseTable.Read("matches.txt");

    public static TheoryData<string, string> Meanings => CaseTable.Read("meanings.txt");

    public static TheoryData<string, string> Errors => CaseTable.Read("errors.txt");

    [Theory]
    [MemberData(nameof(Matches))]
    public void Matches_Expression_FindsExactlyTheseRuns(string expression, string letters)
    {
        var filter = FilterLanguage.Parse(WithIds(expression));

        Assert.Equal(letters == "none" ? "" : letters, string.Concat(Forest.Runs.Where(run => filter.Matches(run.Value)).Select(run => run.Key)));
        // What is printed finds the same.
        var printed = FilterLanguage.Parse(FilterLanguage.Print(filter));
        Assert.Equal(FilterShape.Of(filter), FilterShape.Of(printed));
    }

    [Theory]
    [MemberData(nameof(Meanings))]
    public void Print_Expression_SaysWhatItMeans(string expression, string meaning) =>
        Assert.Equal(meaning, FilterLanguage.Print(FilterLanguage.Parse(expression)));

    [Theory]
    [MemberData(nameof(Errors))]
    public void Parse_WrongExpression_PointsAtTheColumn(string expression, string error)
    {
        var exception = Assert.Throws<FilterTextException>(() => FilterLanguage.Parse(expression));

        var (place, said) = error.Split(' ', 2) is [var first, var rest] ? (first, rest) : (error, "");
        Assert.Equal(place, $"{exception.Line}:{exception.Column}");
        Assert.Contains(said, exception.Reason, StringComparison.Ordinal);
    }

    // $a is the id of run a, $p that of the project.
    private static string WithIds(string expression) => IdName().Replace(
        expression, match => (match.Groups["name"].Value == "p" ? Forest.Project : Forest.Id(match.Groups["name"].ValueSpan[0])).ToString());

    [GeneratedRegex(@"\$(?<name>[a-z])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdName();
}
