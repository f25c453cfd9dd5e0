using System.Reflection;
using LangSmith.CodeFixes;
using LangSmith.Generators;
using LangSmith.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Generators.Tests.Analyzers;

/// <summary>Each diagnostic is reported by an analyzer, has a page, and is listed; nothing else is.</summary>
public sealed class DiagnosticPageTests
{
    private static readonly string s_docs = FindDocs();

    private static readonly DiagnosticDescriptor[] s_declared =
        [.. typeof(Diagnostics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    [Fact]
    public void Pages_OfAllDiagnostics_ExistWithTheirTitlesAndNoOthers()
    {
        var pages = Directory.GetFiles(s_docs, "LS*.md").ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);

        Assert.Equal(s_declared.Select(descriptor => descriptor.Id).Order(), pages.Keys.Order());
        Assert.All(s_declared, descriptor => Assert.StartsWith($"# {descriptor.Id}: {descriptor.Title}\n", pages[descriptor.Id], StringComparison.Ordinal));
        Assert.All(s_declared, descriptor => Assert.Matches($@"^https://.+/docs/diagnostics/{descriptor.Id}\.md$", descriptor.HelpLinkUri));
    }

    [Fact]
    public void List_OfDiagnostics_NamesAllWithTheirFixes()
    {
        var listed = File.ReadLines(Path.Combine(s_docs, "README.md")).Where(line => line.StartsWith("| [LS", StringComparison.Ordinal));
        var fixedIds = typeof(NewRunIdFix).Assembly.GetTypes()
            .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type))
            .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds)
            .ToHashSet();

        Assert.Equal(
            s_declared.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
                .Select(descriptor => $"| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.Title} | {(fixedIds.Contains(descriptor.Id) ? "yes" : "")} |"),
            listed);
    }

    [Fact]
    public void Analyzers_Together_ReportWhatIsDeclared()
    {
        var reported = typeof(TraceableGenerator).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .Select(descriptor => descriptor.Id)
            .Distinct();

        Assert.Equal(s_declared.Select(descriptor => descriptor.Id).Order(), reported.Order());
    }

    private static string FindDocs()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LangSmith.slnx")))
            {
                return Path.Combine(folder.FullName, "docs", "diagnostics");
            }
        }

        throw new InvalidOperationException($"No LangSmith.slnx above {AppContext.BaseDirectory}.");
    }
}
