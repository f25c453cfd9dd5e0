using Generators.Tests.Testing;

namespace Generators.Tests.Generating;

/// <summary>What is generated, as text to be read. Each must compile, which <see cref="Generation"/> sees to.</summary>
public sealed class SnapshotTests
{
    private const string Sample =
        """
        namespace Shop;

        public class Assistant
        {
            /// <summary>Answers.</summary>
            [Traceable("answer", RunType = "chain", Tags = ["a", "b"], ProjectName = "shop")]
            [RunMetadata("team", "search")]
            public async Task<string> AnswerAsync(string question, [NotTraced] string key, int limit = 10, CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                return question;
            }
        }
        """;

    [Fact]
    public void Method_OfAnInstance_HasAnEntryAndAnOverload() =>
        Snapshot.Match(Generation.Of(Sample).Files["Shop.Assistant.Traced.g.cs"], nameof(Method_OfAnInstance_HasAnEntryAndAnOverload));

    [Fact]
    public void Call_OfATracedMethod_IsIntercepted() => Snapshot.Match(
        WithoutLocations(Generation.Of(
            Sample,
            """
            class Caller
            {
                Task<string> M(Shop.Assistant assistant) => assistant.AnswerAsync("why", "secret");
                Task<string>? N(Shop.Assistant? assistant) => assistant?.AnswerAsync("why", "secret", limit: 3);
            }
            """).Files["LangSmith.Interceptors.g.cs"]),
        nameof(Call_OfATracedMethod_IsIntercepted));

    [Fact]
    public void Methods_OfEveryShape_HaveTheirEntries() => Snapshot.Match(
        Generation.Of(
            """
            public static class Shapes
            {
                [Traceable] public static void Nothing() { }
                [Traceable] public static int Extend(this string text, params int[] rest) => rest.Length;
                [Traceable] internal static T? Generic<T>(T? value, in int shown, out int hidden, ReadOnlySpan<char> span)
                    where T : class, IComparable<T>, new() { hidden = shown; return value; }
                [Traceable] private static ValueTask<int> HiddenAsync(int @class) => new(@class);
                [Traceable(ProcessInputs = nameof(In), ProcessOutputs = nameof(Out))] public static int Processed(int a, string b) => a;
                [Traceable(CaptureInputs = false, CaptureOutputs = false, IgnoreExceptions = [typeof(TimeoutException)])] public static int Quiet(int a) => a;
                [Traceable] public static int Files(string text, RunAttachment file, params RunAttachment[] more) => more.Length;
                [Traceable] public static Guid? Injected(RunTree? run = null, RunOptions? options = null) => run?.Id;
                internal static object In(int a) => a;
                internal static object Out(int result) => result;
            }
            """).Files["Shapes.Traced.g.cs"],
        nameof(Methods_OfEveryShape_HaveTheirEntries));

    [Fact]
    public void Streams_WithProcessors_AreReduced() => Snapshot.Match(
        Generation.Of(
            """
            public class Repository<T>
                where T : notnull
            {
                [Traceable(RunType = "llm", ProcessChunk = nameof(Short), ReduceChunks = nameof(Join))]
                public async IAsyncEnumerable<string> StreamAsync(T key) { await Task.Yield(); yield return key.ToString()!; }

                [Traceable] protected IEnumerable<U> Pairs<U>(T key, U other) { yield return other; }

                internal static int Short(string chunk) => chunk.Length;
                internal static int Join(IReadOnlyList<int> chunks) => chunks.Sum();
            }
            """).Files["Repository1.Traced.g.cs"],
        nameof(Streams_WithProcessors_AreReduced));

    [Fact]
    public void Service_AddedTraced_HasADecorator() => Snapshot.Match(
        WithoutLocations(Generation.Of(
            """
            using Microsoft.Extensions.DependencyInjection;

            public interface IService<T> : IDisposable
            {
                string Name { get; set; }
                int this[int index] { get; }
                event EventHandler? Changed;
                [Traceable] Task<T> GetAsync(int id, CancellationToken cancellationToken);
                U Convert<U>(T value) where U : class;
            }

            public class Service : IService<string>
            {
                public string Name { get; set; } = "";
                public int this[int index] => index;
                public event EventHandler? Changed;
                public Task<string> GetAsync(int id, CancellationToken cancellationToken) => Task.FromResult("");
                [Traceable("convert")] public V Convert<V>([NotTraced] string secret) where V : class => null!;
                public void Dispose() => Changed?.Invoke(this, EventArgs.Empty);
            }

            public static class Registration
            {
                public static void Add(IServiceCollection services) => services.AddTraced<IService<string>, Service>(ServiceLifetime.Singleton);
                public static IService<string> Decorate(IService<string> service) => Traceable.Decorate(service);
            }
            """).Files["LangSmith.Decorators.g.cs"]),
        nameof(Service_AddedTraced_HasADecorator));

    [Fact]
    public void Static_LanguageWithoutExtensionBlocks_HasNoOverload()
    {
        var options = Source.Options.WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp13);

        var generated = Generation.Of(Source.Compile(
            options, "public class C { [Traceable] public static void A() { } [Traceable] public void B() { } }"));

        var file = generated.Files["C.Traced.g.cs"];
        Assert.Contains("void @B(this global::C __receiver", file, StringComparison.Ordinal);
        Assert.DoesNotContain("void @A(global::LangSmith.RunOptions", file, StringComparison.Ordinal);
    }

    [Fact]
    public void ParamsOfASpan_CalledAndDecorated_Compiles() => Assert.Contains(
        "scoped global::System.ReadOnlySpan<int> @values",
        Generation.Of(
            """
            public interface ISums { [Traceable] int Sum(params ReadOnlySpan<int> values); }

            public sealed class Sums : ISums
            {
                public int Sum(params ReadOnlySpan<int> values) => values.Length;
                public static int Call(ISums sums) => sums.Sum(1, 2) + sums.Sum(new RunOptions(), 1, 2) + Traceable.Decorate(sums).Sum();
            }
            """).Files["LangSmith.Interceptors.g.cs"],
        StringComparison.Ordinal);

    [Fact]
    public void Project_WithoutTracedMethods_GeneratesNothing() => Assert.Empty(Generation.Of("class C { void M() => M(); }").Files);

    /// <summary>A location's data is a checksum of the file, which says nothing to a reader.</summary>
    private static string WithoutLocations(string code) =>
        System.Text.RegularExpressions.Regex.Replace(code, "InterceptsLocation\\(1, \"[^\"]*\"\\)", "InterceptsLocation(1, \"…\")");
}
