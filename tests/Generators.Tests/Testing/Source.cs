using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generators.Tests.Testing;

/// <summary>Compiles source text as a project that refers to LangSmith.Sdk.</summary>
internal static class Source
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; "
        + "global using System.Threading.Tasks; global using LangSmith;";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    public static IReadOnlyList<MetadataReference> References => s_references.Value;

    public static CSharpParseOptions Options { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithFeatures([new("InterceptorsNamespaces", "LangSmith.Generated")]);

    /// <summary>Compiles files, named <c>File0.cs</c> and on.</summary>
    public static CSharpCompilation Compile(params IEnumerable<string> files) => Compile(Options, files);

    public static CSharpCompilation Compile(CSharpParseOptions options, params IEnumerable<string> files) => CSharpCompilation.Create(
        "Sample",
        files.Prepend(Usings).Select((text, index) => CSharpSyntaxTree.ParseText(text, options, index == 0 ? "Usings.cs" : $"File{index - 1}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Makes sure that a compilation is one.</summary>
    public static T Compiles<T>(T compilation)
        where T : Compilation
    {
        Assert.Empty(compilation.GetDiagnostics().Where(static found => found.Severity >= DiagnosticSeverity.Error));
        return compilation;
    }

    /// <summary>Compiles an assembly for others to refer to.</summary>
    public static MetadataReference ToReference(Compilation compilation) => MetadataReference.CreateFromImage(Emit(compilation));

    /// <summary>Compiles an assembly to be loaded.</summary>
    public static byte[] Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }
}
