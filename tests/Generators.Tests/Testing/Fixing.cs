using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Generators.Tests.Testing;

/// <summary>Applies a code fix as an editor does.</summary>
internal static class Fixing
{
    /// <summary>Fixes the first diagnostic and compares; the result has to compile, without that diagnostic.</summary>
    public static async Task FixesAsync<TAnalyzer, TFix>(string before, string after)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, before);
        var analyzer = new TAnalyzer();
        var diagnostics = await Analysis.RunAsync(analyzer, (CSharpCompilation)(await document.Project.GetCompilationAsync())!);
        Assert.NotEmpty(diagnostics);
        var diagnostic = diagnostics[0];

        var actions = new List<CodeAction>();
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        var operations = await Assert.Single(actions).GetOperationsAsync(CancellationToken.None);
        var solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;

        var changed = solution.GetDocument(document.Id)!;
        Assert.Equal(after.ReplaceLineEndings("\n"), (await changed.GetTextAsync()).ToString().ReplaceLineEndings("\n"));
        var left = await Analysis.RunAsync(analyzer, (CSharpCompilation)(await changed.Project.GetCompilationAsync())!);
        Assert.Equal(diagnostics.Count - 1, left.Count);
    }

    private static Document AddDocument(AdhocWorkspace workspace, string text)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Sample",
            "Sample",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: Source.Options,
            metadataReferences: Source.References));
        return workspace.AddDocument(project.Id, "File0.cs", Microsoft.CodeAnalysis.Text.SourceText.From(text));
    }
}
