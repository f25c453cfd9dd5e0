using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators.Symbols;

/// <summary>Reads the calls that ask for a decorator.</summary>
internal static class DecoratorReader
{
    /// <summary>Reads a call.</summary>
    /// <returns>Null when it asks for none, or for one that cannot be made.</returns>
    public static DecoratorSite? Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || !DecoratorCalls.IsOne(method)
            || FindObstacle(method, context.SemanticModel.Compilation) is not null
            || context.SemanticModel.GetInterceptableLocation(call, cancellation) is not { } location)
        {
            return null;
        }

        var service = (INamedTypeSymbol)method.TypeArguments[0];
        var implementation = ImplementationOf(method);
        var serviceText = TypeText.Plain(service);
        var implementationText = implementation is null ? null : TypeText.Plain(implementation);
        var decorator = new DecoratorModel(
            $"Traced{service.Name}_{StableHash.Of(serviceText + "|" + implementationText)}",
            serviceText,
            implementationText,
            new EquatableArray<DecoratedMember>(DecoratedMembers.Of(service).Select(member =>
                DecoratedMembers.Read(member, implementation, context.SemanticModel.Compilation))));
        return new DecoratorSite(method.Name, decorator, SiteLocation.Of(location));
    }

    /// <summary>Finds what keeps a service from being decorated.</summary>
    /// <returns>A clause that goes on after "because"; null when there is nothing.</returns>
    public static string? FindObstacle(IMethodSymbol method, Compilation compilation)
    {
        var given = method.TypeArguments[0];
        if (given is not INamedTypeSymbol { TypeKind: TypeKind.Interface } service)
        {
            return given is ITypeParameterSymbol
                ? $"'{given.Name}' is a type parameter: the decorator is made where the interface is known"
                : $"'{given.Name}' is no interface";
        }

        var implementation = ImplementationOf(method);
        foreach (var type in method.TypeArguments)
        {
            if (Interceptability.FindUnnamable(type) is { } hidden)
            {
                return hidden is ITypeParameterSymbol
                    ? $"'{hidden.Name}' is a type parameter: the decorator is made where the interface is known"
                    : $"generated code cannot name '{hidden.Name}': make it at least internal";
            }
        }

        var members = DecoratedMembers.Of(service).ToArray();
        return members.Select(member => DecoratedMembers.FindObstacle(member, compilation)).FirstOrDefault(static obstacle => obstacle is not null)
            ?? (members.Any(member => DecoratedMembers.FindTraced(member, implementation, compilation) is not null)
                ? null
                : $"no method of '{service.Name}'{(implementation is null ? "" : $" or '{implementation.Name}'")} has [Traceable]");
    }

    private static INamedTypeSymbol? ImplementationOf(IMethodSymbol method) =>
        method.TypeArguments.Length > 1 ? method.TypeArguments[1] as INamedTypeSymbol : null;
}
