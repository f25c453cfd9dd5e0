using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Tells which methods are traced.</summary>
internal static class TraceableMethods
{
    /// <summary>Finds the attribute on the method or, for an override, on what it overrides.</summary>
    /// <returns>Null when the method is not traced.</returns>
    public static AttributeData? FindAttribute(IMethodSymbol method)
    {
        for (var current = Definition(method); current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (FindOwnAttribute(current) is { } attribute)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Finds the attribute on the method itself.</summary>
    public static AttributeData? FindOwnAttribute(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (IsNamed(attribute.AttributeClass, "TraceableAttribute"))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>The method as declared: not constructed, not reduced, the defining part of a partial one.</summary>
    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialDefinitionPart ?? definition;
    }

    /// <summary>Tells whether a type is one of the runtime library's, by name: cheap enough for every call of a compilation.</summary>
    public static bool IsNamed(ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "LangSmith", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;
}
