using Microsoft.CodeAnalysis;

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

        if (found.Count == 0)
        {
            return found;
        }

        var decorated = new DecoratedServices(compilation);
        foreach (var method in found.Keys.Where(method => decorated.Contains(method.ContainingType)).ToArray())
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
