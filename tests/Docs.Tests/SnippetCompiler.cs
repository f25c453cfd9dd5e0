using LangSmith.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Docs.Tests;

/// <summary>Compiles snippets as a project of a user, with the packages and the generator.</summary>
/// <remarks>What a page takes for granted, such as a client, is declared in <c>Surroundings/NAME.cs</c>.</remarks>
internal static class SnippetCompiler
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using LangSmith;
        """;

    private static readonly Lazy<IReadOnlyList<MetadataReference>> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    private static readonly CSharpParseOptions s_options = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithFeatures([new("InterceptorsNamespaces", "LangSmith.Generated")]);

    /// <summary>The snippet as a compilation, before anything is generated.</summary>
    /// <param name="snippet">The snippet; its lines are reported as those of its page.</param>
    /// <param name="surroundings">The name of what is declared around it.</param>
    public static CSharpCompilation Compile(Snippet snippet, string surroundings)
    {
        var code = $"#line {snippet.Line} \"{snippet.Page}\"\n{snippet.Text}";
        var tree = Parse(snippet.IsOfMembers ? $"public partial class Members\n{{\n{code}\n}}" : code);
        var isProgram = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        return CSharpCompilation.Create(
            "Snippet",
            [Parse(Usings), .. Around(surroundings), tree],
            s_references.Value,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>What keeps a snippet from compiling, with page and line; nothing when it compiles.</summary>
    public static IReadOnlyList<string> Errors(Snippet snippet, string surroundings)
    {
        CSharpGeneratorDriver.Create([new TraceableGenerator().AsSourceGenerator()], parseOptions: s_options)
            .RunGeneratorsAndUpdateCompilation(Compile(snippet, surroundings), out var generated, out _);
        return [.. generated.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString())];
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_options);

    private static IEnumerable<SyntaxTree> Around(string surroundings)
    {
        var path = Path.Combine(Repository.Root, "tests", "Docs.Tests", "Surroundings", surroundings + ".cs");
        return File.Exists(path) ? [Parse(File.ReadAllText(path))] : [];
    }
}
