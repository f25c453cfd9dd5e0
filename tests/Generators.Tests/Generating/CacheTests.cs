using Generators.Tests.Testing;
using LangSmith.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generators.Tests.Generating;

/// <summary>An edit runs only what it concerns: an editor asks again with every key.</summary>
public sealed class CacheTests
{
    private const string Traced =
        """
        using Microsoft.Extensions.DependencyInjection;
        public interface IService { [Traceable] int Get(int id); }
        public class Service : IService { public int Get(int id) => id; }
        public class C
        {
            [Traceable] public static int Double(int value) => value * 2;
            int M() => Double(1);
            void Add(IServiceCollection services) => services.AddTraced<IService, Service>();
        }
        """;

    private static readonly string[] s_steps =
        [TraceableGenerator.MethodsStep, TraceableGenerator.CallsStep, TraceableGenerator.DecoratorsStep];

    [Fact]
    public void Edit_OfAnotherFile_IsServedFromCache()
    {
        var compilation = Source.Compile(Traced, "class Other { int P => 1; void Q() => Console.WriteLine(P); }");
        var first = Generation.Of(compilation);

        var second = first.After(Replace(compilation, "File1.cs", "class Other { int P => 2; void Q() { Console.WriteLine(P); Q(); } }"));

        Assert.All(s_steps, step => Assert.All(Reasons(second, step), IsUnchanged));
        Assert.All(OutputReasons(second), IsUnchanged);
    }

    [Fact]
    public void Edit_OfATracedMethodsBody_ChangesNoModel()
    {
        var compilation = Source.Compile(Traced);
        var first = Generation.Of(compilation);

        var second = first.After(Replace(compilation, "File0.cs", Traced.Replace("value * 2", "value * 3", StringComparison.Ordinal)));

        // Where a call stands changes with its file, what is called does not.
        Assert.All(Reasons(second, TraceableGenerator.MethodsStep), IsUnchanged);
        Assert.Equal(first.Files["C.Traced.g.cs"], second.Files["C.Traced.g.cs"]);
    }

    [Fact]
    public void Edit_OfATracedMethodsSignature_IsSeen()
    {
        var compilation = Source.Compile(Traced);
        var first = Generation.Of(compilation);

        var second = first.After(Replace(compilation, "File0.cs", Traced.Replace("Double(int value)", "Double(long value)", StringComparison.Ordinal)
            .Replace("static int Double", "static long Double", StringComparison.Ordinal).Replace("int M()", "long M()", StringComparison.Ordinal)));

        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(second, TraceableGenerator.MethodsStep));
        Assert.Contains("long @value", second.Files["C.Traced.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Method_NamedForTheFirstTime_HasItsCallsInOtherFilesIntercepted()
    {
        var compilation = Source.Compile("public class C { public static int Double(int value) => value * 2; }", "class D { int M() => C.Double(1); }");
        var first = Generation.Of(compilation);
        Assert.Empty(first.Files);

        var second = first.After(Replace(compilation, "File0.cs", "public class C { [Traceable] public static int Double(int value) => value * 2; }"));

        Assert.Contains("LangSmith.Interceptors.g.cs", second.Files.Keys);
    }

    private static void IsUnchanged(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());

    private static IncrementalStepRunReason[] Reasons(Generation generation, string step) =>
        ReasonsOf(generation.Result.TrackedSteps[step]);

    private static IncrementalStepRunReason[] OutputReasons(Generation generation) =>
        ReasonsOf(generation.Result.TrackedOutputSteps.SelectMany(step => step.Value));

    private static IncrementalStepRunReason[] ReasonsOf(IEnumerable<IncrementalGeneratorRunStep> runs)
    {
        var reasons = runs.SelectMany(run => run.Outputs).Select(output => output.Reason).ToArray();
        Assert.NotEmpty(reasons);
        return reasons;
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string path, string text)
    {
        var old = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, path));
    }
}
