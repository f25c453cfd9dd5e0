using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators.Symbols;

/// <summary>Knows the calls that ask for a generated decorator.</summary>
internal static class DecoratorCalls
{
    public const string Add = "AddTraced";
    public const string DecorateService = "DecorateTraced";
    public const string Decorate = "Decorate";

    /// <summary>Tells by name alone; what is not one is told by <see cref="IsOne"/>.</summary>
    public static bool IsCandidate(SimpleNameSyntax name) => name.Identifier.ValueText is Add or DecorateService or Decorate;

    /// <summary>Tells by name alone.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: var called } && called switch
    {
        SimpleNameSyntax name => IsCandidate(name),
        MemberAccessExpressionSyntax member => IsCandidate(member.Name),
        MemberBindingExpressionSyntax binding => IsCandidate(binding.Name),
        _ => false,
    };

    public static bool IsOne(IMethodSymbol method) => method.IsGenericMethod && method.Name switch
    {
        Add or DecorateService => method.ContainingType is
        {
            Name: "TracedServiceCollectionExtensions",
            ContainingNamespace: { Name: "DependencyInjection", ContainingNamespace: { Name: "Extensions", ContainingNamespace.Name: "Microsoft" } },
        },
        Decorate => TraceableMethods.IsNamed(method.ContainingType, "Traceable"),
        _ => false,
    };
}
