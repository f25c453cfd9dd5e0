using LangSmith.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generators.Tests.Testing;

/// <summary>Runs the generator as the compiler does.</summary>
internal sealed class Generation
{
    private readonly GeneratorDriver _driver;

    private Generation(GeneratorDriver driver, Compilation compilation) => (_driver, Compilation) = (driver, compilation);

    /// <summary>The compilation together with what was generated.</summary>
    public Compilation Compilation { get; }

    /// <summary>Generated files by their names.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        _driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>Runs on source text that has to compile afterwards.</summary>
    public static Generation Of(params IEnumerable<string> files) => Of(Source.Compile(files));

    public static Generation Of(CSharpCompilation compilation)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new TraceableGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, compilation);
    }

    /// <summary>Runs once more after an edit, as an editor does.</summary>
    public Generation After(CSharpCompilation edited) => Run(_driver, edited);

    private static Generation Run(GeneratorDriver driver, CSharpCompilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var reported);
        Assert.Empty(reported);
        return new Generation(driver, Source.Compiles(generated));
    }
}
