using System.Reflection;
using Generators.Tests.Testing;
using LangSmith.Testing;
using Microsoft.CodeAnalysis;

namespace Generators.Tests.Generating;

/// <summary>Methods of other assemblies are traced where they are called, with the generator or without it over there.</summary>
public sealed class ReferencedAssemblyTests
{
    private const string Library =
        """
        public class Library
        {
            [Traceable("doubled", Tags = ["library"])] public static int Double(int value) => value * 2;
            [Traceable] public virtual T Echo<T>(T value) => value;
            public static int Inside(int value) => Double(value);
        }
        """;

    private const string Use =
        """
        public static class Use
        {
            public static int Run(Guid id) => Library.Double(1) + new Library().Echo(2) + Library.Inside(3) + With(id);
            static int With(Guid id) { using (Traceable.ForNextRun(new() { RunId = id })) { return Library.Double(4); } }
        }
        """;

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 4)]
    public void Call_IntoAnotherAssembly_IsTraced(bool libraryIsGenerated, int runs)
    {
        var library = Source.Compile(Library).WithAssemblyName($"Library{libraryIsGenerated}");
        var compiled = Source.Emit(libraryIsGenerated ? Generation.Of(library).Compilation : library);
        var user = Source.Compile(Use).WithAssemblyName($"Use{libraryIsGenerated}").AddReferences(MetadataReference.CreateFromImage(compiled));
        var use = Source.Emit(Generation.Of(user).Compilation);
        using var capture = RunCapture.Start();
        var id = LangSmith.Uuid7.NewGuid();

        var context = new System.Runtime.Loader.AssemblyLoadContext(null, isCollectible: true);
        context.LoadFromStream(new MemoryStream(compiled));
        var run = context.LoadFromStream(new MemoryStream(use)).GetType("Use")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
        var result = run.Invoke(null, [id]);

        Assert.Equal(2 + 2 + 6 + 8, result);
        Assert.Equal(runs, capture.Runs.Count);
        Assert.Equal(["library"], capture.Runs[0].Tags);
        Assert.Equal(id, capture.Runs[^1].Id);
    }
}
