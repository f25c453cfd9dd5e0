using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators.Symbols;

/// <summary>The interface methods that a class of this compilation implements by a traced method, without being traced themselves.</summary>
/// <remarks>Looked for only when the first call through an interface asks.</remarks>
internal sealed class TracedImplementations(Compilation compilation)
{
    private readonly Lazy<Dictionary<IMethodSymbol, IMethodSymbol>> _byInterfaceMethod = new(() => Collect(compilation));

    /// <summary>Finds an implementation with the attribute of an interface method without it.</summary>
    /// <returns>Null when there is none, or when a decorator traces it.</returns>
    public IMethodSymbol? Find(IMethodSymbol interfaceMethod) =>
        _byInterfaceMethod.Value.TryGetValue(interfaceMethod.OriginalDefinition, out var implementation) ? implementation : null;

    private static Dictionary<IMethodSymbol, IMethodSymbol> Collect(Compilation compilation)
    {
        var found = new Dictionary<IMethodSymbol, IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var type in TypesBelow(compilation.Assembly.GlobalNamespace))
        {
            foreach (var implemented in type.AllInterfaces.SelectMany(static i => i.GetMembers().OfType<IMethodSymbol>()))
            {
                if (type.FindImplementationForInterfaceMember(implemented) is IMethodSymbol method
                    && TraceableMethods.FindAttribute(method) is not null
                    && TraceableMethods.FindAttribute(implemented) is null)
                {
                    found[implemented.OriginalDefinition] = method;
                }
            }
        }

        return found.Count == 0 ? found : WithoutDecorated(found, compilation);
    }

    /// <summary>Leaves out the interfaces that are registered with a decorator somewhere in this compilation.</summary>
    private static Dictionary<IMethodSymbol, IMethodSymbol> WithoutDecorated(Dictionary<IMethodSymbol, IMethodSymbol> found, Compilation compilation)
    {
        var decorated = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<GenericNameSyntax>())
            {
                if (DecoratorCalls.IsCandidate(name)
                    && compilation.GetSemanticModel(tree).GetTypeInfo(name.TypeArgumentList.Arguments[0]).Type?.OriginalDefinition is { } service)
                {
                    decorated.Add(service);
                }
            }
        }

        foreach (var method in found.Keys.Where(m => decorated.Contains(m.ContainingType.OriginalDefinition)).ToArray())
        {
            found.Remove(method);
        }

        return found;
    }

    private static IEnumerable<INamedTypeSymbol> TypesBelow(INamespaceOrTypeSymbol place) => place.GetMembers().SelectMany(static member => member switch
    {
        INamespaceSymbol space => TypesBelow(space),
        INamedTypeSymbol type => new[] { type }.Concat(TypesBelow(type)),
        _ => [],
    });
}
