using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LangSmith.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Docs.Tests;

/// <summary>What the pages of the diagnostics show is reported where they say so, and nowhere else.</summary>
public sealed partial class DiagnosticSnippetTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(TraceableGenerator).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static TheoryData<string> Pages => [.. Repository.PagesIn("docs/diagnostics")];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Snippets_OfAPage_AreReportedWhereTheySaySo(string page)
    {
        foreach (var snippet in Snippet.Read(page))
        {
            Assert.Empty(SnippetCompiler.Errors(snippet, "diagnostics"));

            var found = await SnippetCompiler.Compile(snippet, "diagnostics")
                .WithAnalyzers(s_analyzers)
                .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                Said(snippet),
                found.Select(diagnostic => $"{page}:{diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1} {diagnostic.Id}").Distinct().Order());
        }
    }

    [Fact]
    public void Pages_ThatShowSomething_AreMost() => Assert.True(Pages.Count >= 10);

    private static IEnumerable<string> Said(Snippet snippet) => snippet.Text.Split('\n')
        .Select((line, index) => (Id: Mark().Match(line).Groups[1].Value, Line: snippet.Line + index))
        .Where(line => line.Id.Length > 0)
        .Select(line => $"{snippet.Page}:{line.Line} {line.Id}")
        .Order();

    [GeneratedRegex(@"// (LS\d{4})\b")]
    private static partial Regex Mark();
}
