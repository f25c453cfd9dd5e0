using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Generators.Tests.Testing;

/// <summary>Runs one analyzer as the compiler does.</summary>
internal static class Analysis
{
    /// <summary>Makes sure that a diagnostic stands exactly where the text is marked, and nothing else is reported.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> FindsAsync<TAnalyzer>(string id, string marked)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var (text, spans) = Markup.Parse(marked);
        var found = await RunAsync(new TAnalyzer(), Source.Compile(text));
        Assert.Equal(
            spans.Select(span => (id, text[span.Start..span.End])),
            found.Select(diagnostic => (diagnostic.Id, text[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End])));
        return found;
    }

    /// <summary>Makes sure that nothing is reported.</summary>
    public static async Task IsSilentAsync<TAnalyzer>(string text)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Assert.Empty(await RunAsync(new TAnalyzer(), Source.Compile(text)));

    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(DiagnosticAnalyzer analyzer, CSharpCompilation compilation)
    {
        Source.Compiles(compilation);
        var failures = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => failures.Add(exception.ToString()), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var found = await compilation
            .WithAnalyzers(ImmutableArray.Create(analyzer), options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(failures);
        return
        [
            .. found
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }
}
