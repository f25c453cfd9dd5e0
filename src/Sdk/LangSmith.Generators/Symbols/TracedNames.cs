using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators.Symbols;

/// <summary>The names of all methods that may be traced, so that of all calls of a compilation only those with such a name are bound.</summary>
/// <remarks>
/// Binding is what costs: a method's name is arbitrary, so without this every edit binds every call. The names of a file are those of its
/// methods with any attribute, because an alias may stand for ours; they are read once for each version of the file.
/// </remarks>
internal static class TracedNames
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> s_ofCompilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> s_ofTrees = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, string[]> s_ofAssemblies = new();

    /// <summary>Tells whether a call has the name of a traced method.</summary>
    public static bool MayBeTraced(InvocationExpressionSyntax call, Compilation compilation) =>
        NameOf(call.Expression) is { } name && s_ofCompilations.GetValue(compilation, Collect).Contains(name);

    private static string? NameOf(ExpressionSyntax called) => called switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static HashSet<string> Collect(Compilation compilation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            names.UnionWith(s_ofTrees.GetValue(tree, CollectFromTree));
        }

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            names.UnionWith(s_ofAssemblies.GetValue(assembly, CollectFromAssembly));
        }

        return names;
    }

    private static string[] CollectFromTree(SyntaxTree tree) =>
    [
        .. tree.GetRoot().DescendantNodes(static node => node is not BlockSyntax and not ArrowExpressionClauseSyntax)
            .OfType<MethodDeclarationSyntax>()
            .Where(static method => method.AttributeLists.Count > 0)
            .Select(static method => method.Identifier.ValueText)
            .Distinct(),
    ];

    /// <summary>Only an assembly that refers to the runtime library can have traced methods.</summary>
    private static string[] CollectFromAssembly(IAssemblySymbol assembly) =>
        assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == KnownNames.RuntimeAssembly))
            ? [.. MethodsBelow(assembly.GlobalNamespace).Where(IsMarked).Select(static method => method.Name).Distinct()]
            : [];

    private static bool IsMarked(IMethodSymbol method) => TraceableMethods.FindOwnAttribute(method) is not null;

    private static IEnumerable<IMethodSymbol> MethodsBelow(INamespaceOrTypeSymbol place) => place.GetMembers().SelectMany(static member => member switch
    {
        INamespaceOrTypeSymbol inner => MethodsBelow(inner),
        IMethodSymbol method => [method],
        _ => Array.Empty<IMethodSymbol>(),
    });
}
