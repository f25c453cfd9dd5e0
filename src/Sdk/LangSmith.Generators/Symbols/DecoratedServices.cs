using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators.Symbols;

/// <summary>The services for which a compilation asks for decorators.</summary>
/// <remarks>Looked for only when the first question comes.</remarks>
internal sealed class DecoratedServices(Compilation compilation)
{
    private readonly Lazy<HashSet<(ISymbol Service, ISymbol? Implementation)>> _found = new(() => Collect(compilation));

    /// <summary>Tells whether calls through an interface come to a decorator.</summary>
    public bool Contains(INamedTypeSymbol service) =>
        _found.Value.Any(found => SymbolEqualityComparer.Default.Equals(found.Service, service.OriginalDefinition));

    /// <summary>Tells whether calls through an interface come to a decorator that goes by the attributes of a class.</summary>
    public bool Contains(INamedTypeSymbol service, INamedTypeSymbol implementation) => _found.Value.Any(found =>
        SymbolEqualityComparer.Default.Equals(found.Service, service.OriginalDefinition)
        && SymbolEqualityComparer.Default.Equals(found.Implementation, implementation.OriginalDefinition));

    private static HashSet<(ISymbol Service, ISymbol? Implementation)> Collect(Compilation compilation)
    {
        var found = new HashSet<(ISymbol, ISymbol?)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<GenericNameSyntax>().Where(DecoratorCalls.IsCandidate))
            {
                var model = compilation.GetSemanticModel(tree);
                var types = name.TypeArgumentList.Arguments.Select(argument => model.GetTypeInfo(argument).Type?.OriginalDefinition).ToArray();
                if (types[0] is { } service)
                {
                    found.Add((service, types.Length > 1 ? types[1] : null));
                }
            }
        }

        return found;
    }
}
