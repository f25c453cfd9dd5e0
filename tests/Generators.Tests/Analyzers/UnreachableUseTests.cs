using Generators.Tests.Testing;
using LangSmith.Generators.Analyzers;
using Microsoft.CodeAnalysis;

namespace Generators.Tests.Analyzers;

/// <summary>LS0004, LS0007 to LS0011, LS1002: uses of traced methods that interception does not reach.</summary>
public sealed class UnreachableUseTests
{
    [Fact]
    public Task MethodGroup_OfATracedMethod_IsReported() => Analysis.FindsAsync<UnreachableUseAnalyzer>(
        "LS0004",
        """
        class C
        {
            [Traceable] public static int Double(int value) => value * 2;

            void M(int[] values)
            {
                _ = values.Select([|Double|]);
                Func<int, int> direct = [|C.Double|];
                _ = values.Select(value => Double(value));
                _ = nameof(Double);
            }
        }
        """);

    [Fact]
    public Task MethodGroup_ThatIsWrapped_IsReportedOnlyWhereTheAttributeHidesSomething() => Analysis.FindsAsync<UnreachableUseAnalyzer>(
        "LS0004",
        """
        class C
        {
            [Traceable(RunType = "tool")] public static int Double(int value) => value * 2;
            [Traceable(ProcessInputs = nameof(Hide))] public static int Secret(int value) => value * 2;
            internal static object Hide(int value) => "hidden";

            void M()
            {
                _ = Traceable.Wrap<int, int>(Double);
                _ = Traceable.Wrap<int, int>([|Secret|]);
            }
        }
        """);

    [Fact]
    public async Task Call_ThroughAnInterfaceThatIsNotTraced_IsReported()
    {
        var found = await Analysis.FindsAsync<UnreachableUseAnalyzer>(
            "LS0007",
            """
            interface IService { int Get(int id); int Other(); }
            interface ITraced { [Traceable] int Get(int id); }
            class Service : IService { [Traceable] public int Get(int id) => id; public int Other() => 1; }

            class C
            {
                void M(IService service, ITraced traced, Service itself)
                {
                    _ = [|service.Get(1)|];
                    _ = service.Other();
                    _ = traced.Get(1);
                    _ = itself.Get(1);
                }
            }
            """);

        Assert.Contains("'Service.Get'", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task Call_ThroughAnInterfaceThatIsDecorated_IsLeftAlone() => Analysis.IsSilentAsync<UnreachableUseAnalyzer>(
        """
        using Microsoft.Extensions.DependencyInjection;
        interface IService { int Get(int id); }
        class Service : IService { [Traceable] public int Get(int id) => id; }

        class C
        {
            void M(IServiceCollection services) => services.AddTraced<IService, Service>();
            void M(IService service) => _ = service.Get(1);
        }
        """);

    [Fact]
    public Task Call_InAnExpressionTree_IsReported() => Analysis.FindsAsync<UnreachableUseAnalyzer>(
        "LS0008",
        """
        using System.Linq.Expressions;
        class C
        {
            [Traceable] public static int Double(int value) => value * 2;

            void M(IQueryable<int> values)
            {
                Expression<Func<int, int>> tree = value => [|Double(value)|];
                _ = values.Where(value => [|Double(value)|] > 2);
                _ = from value in values where [|Double(value)|] > 2 select [|Double(value)|];
                Func<int, int> code = value => Double(value);
            }
        }
        """);

    [Fact]
    public Task Call_ThroughBaseOutsideOfTheOverride_IsReported() => Analysis.FindsAsync<UnreachableUseAnalyzer>(
        "LS0009",
        """
        class B { [Traceable] public virtual int Get() => 1; }
        class C : B { public override int Get() => base.Get() + 1; int Own() => Get() + [|base.Get()|]; }
        """);

    [Fact]
    public Task Lookup_ByReflection_IsReported() => Analysis.FindsAsync<UnreachableUseAnalyzer>(
        "LS0010",
        """
        class C
        {
            [Traceable] public static int Double(int value) => value * 2;
            public static int Plain(int value) => value;

            void M()
            {
                _ = typeof(C).GetMethod([|nameof(Double)|]);
                _ = typeof(C).GetMethod(nameof(Plain));
                Console.WriteLine(nameof(Double));
            }
        }
        """);

    [Fact]
    public async Task Call_IntoAnAssemblyWithoutTheGenerator_IsReported()
    {
        const string Library = """public static class Library { [Traceable] public static int Double(int value) => value * 2; }""";
        const string Use = """class C { int M() => Library.Double(1); }""";
        var plain = Source.ToReference(Source.Compile(Library).WithAssemblyName("Plain"));
        var generated = Source.ToReference(Generation.Of(Source.Compile(Library).WithAssemblyName("Generated")).Compilation);

        var found = await Analysis.RunAsync(new UnreachableUseAnalyzer(), Source.Compile(Use).AddReferences(plain));

        Assert.Equal("LS0011", Assert.Single(found).Id);
        Assert.Empty(await Analysis.RunAsync(new UnreachableUseAnalyzer(), Source.Compile(Use).AddReferences(generated)));
    }

    [Fact]
    public async Task Call_InterceptorsNotEnabled_IsReportedAndLeftAlone()
    {
        var options = Source.Options.WithFeatures([]);
        var compilation = Source.Compile(options, """class C { [Traceable] static int Double(int value) => value * 2; int M() => Double(1); }""");

        var found = await Analysis.RunAsync(new UnreachableUseAnalyzer(), compilation);

        Assert.Equal("LS1002", Assert.Single(found).Id);
        Assert.DoesNotContain("LangSmith.Interceptors.g.cs", Generation.Of(compilation).Files.Keys);
    }

    [Theory]
    [InlineData("""class C { [[|Traceable|]] public static ref int Get(int[] values) => ref values[0]; }""", "by reference")]
    [InlineData("""struct C { [[|Traceable|]] public int Get() => 1; }""", "struct")]
    [InlineData("""class C { void M() { Get(); [[|Traceable|]] int Get() => 1; } }""", "local functions")]
    [InlineData("""class C { Func<int> M() => [[|Traceable|]] () => 1; }""", "Traceable.Wrap")]
    [InlineData("""class C { private class D { } [[|Traceable|]] static void Get(D d) { } }""", "'D'")]
    [InlineData("""class C { private class D { [[|Traceable|]] public void Get() { } } }""", "private")]
    [InlineData("""class C { int P { [[|Traceable|]] get => 1; } }""", "accessors")]
    [InlineData("""class C { [[|Traceable|]] public static C operator +(C a, C b) => a; }""", "operators")]
    [InlineData("""interface I { void Get(); } class C : I { [[|Traceable|]] void I.Get() { } }""", "interface")]
    [InlineData("""interface I { [[|Traceable|]] static abstract void Get(); }""", "type parameter")]
    public async Task Declaration_NotInterceptable_IsReportedWithTheReason(string source, string reason)
    {
        var found = await Analysis.FindsAsync<DeclarationAnalyzer>("LS1001", source);

        Assert.Contains(reason, Assert.Single(found).GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services.AddTraced<I, C>()", false)]
    [InlineData("services.AddTraced<I, Other>()", true)]
    [InlineData("services.DecorateTraced<I>()", true)]
    public async Task ExplicitImplementation_OfAClass_IsReportedUnlessADecoratorGoesByIt(string registration, bool isReported)
    {
        var found = await Analysis.RunAsync(new DeclarationAnalyzer(), Source.Compile(
            $$"""
            using Microsoft.Extensions.DependencyInjection;
            interface I { void Get(); }
            class C : I { [Traceable] void I.Get() { } }
            class Other : I { [Traceable] public void Get() { } }
            class Start { void M(IServiceCollection services) => {{registration}}; }
            """));

        Assert.Equal(isReported ? ["LS1001"] : [], found.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("ProcessInputs")]
    [InlineData("ProcessOutputs")]
    [InlineData("ProcessChunk")]
    [InlineData("ReduceChunks")]
    public Task Processor_ThatCannotBeCalled_IsReported(string property) => Analysis.FindsAsync<DeclarationAnalyzer>(
        "LS1004",
        $$"""
        class C
        {
            [[|Traceable({{property}} = nameof(Hidden))|]] public IEnumerable<int> Get(int value) => [value];
            [Traceable({{property}} = nameof(Reachable))] public IEnumerable<int> Other(int value) => [value];
            private static object Hidden(int value) => value;
            internal static object Reachable(object value) => value;
        }
        """.Replace("Reachable(object value)", property == "ProcessInputs" ? "Reachable(int value)" : "Reachable(object value)", StringComparison.Ordinal));

    [Theory]
    [InlineData("services.AddTraced<IPlain, Plain>()", "has [Traceable]")]
    [InlineData("services.AddTraced<Plain, Plain>()", "no interface")]
    [InlineData("Add<ITraced>(services)", null)]
    [InlineData("services.DecorateTraced<ITraced>()", null)]
    public async Task Decorator_ThatCannotBeMade_IsReportedWithTheReason(string call, string? reason)
    {
        var found = await Analysis.RunAsync(new DecoratorAnalyzer(), Source.Compile(
            $$"""
            using Microsoft.Extensions.DependencyInjection;
            public interface IPlain { void Get(); }
            public interface ITraced { [Traceable] void Get(); }
            public class Plain : IPlain { public void Get() { } }
            class C
            {
                void M(IServiceCollection services) => {{call}};
                void Add<T>(IServiceCollection services) { }
            }
            """));

        Assert.Equal(reason is null ? [] : ["LS1003"], found.Select(diagnostic => diagnostic.Id));
        Assert.All(found, diagnostic => Assert.Contains(reason!, diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decorator_OfATypeParameter_IsReported()
    {
        var compilation = Source.Compile("class C { T M<T>(T inner) where T : class => Traceable.Decorate(inner); }");

        var found = await Analysis.RunAsync(new DecoratorAnalyzer(), compilation);

        Assert.Equal("LS1003", Assert.Single(found).Id);
    }
}
