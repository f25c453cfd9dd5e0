using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Symbols;

/// <summary>Tells which calls of traced methods must be left alone. One rule for the generator, which leaves them, and the analyzers, which say so.</summary>
internal static class CallReach
{
    public static CallObstacle Find(IInvocationOperation call) =>
        call.SemanticModel is { } model && call.Syntax is InvocationExpressionSyntax syntax ? Find(syntax, model) : CallObstacle.None;

    public static CallObstacle Find(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax })
        {
            return CallObstacle.Base;
        }

        return IsInExpressionTree(call, model) ? CallObstacle.ExpressionTree : CallObstacle.None;
    }

    private static bool IsInExpressionTree(SyntaxNode call, SemanticModel model)
    {
        for (var node = call.Parent; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            var isTree = node switch
            {
                LambdaExpressionSyntax => IsExpression(model.GetTypeInfo(node).ConvertedType),
                // A clause of a query is a lambda without its own node: the method behind it says what becomes of it.
                QueryClauseSyntax or SelectOrGroupClauseSyntax or OrderingSyntax => TakesExpression(node, model),
                _ => false,
            };
            if (isTree)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakesExpression(SyntaxNode clause, SemanticModel model)
    {
        var method = clause switch
        {
            QueryClauseSyntax query => model.GetQueryClauseInfo(query).OperationInfo.Symbol,
            _ => model.GetSymbolInfo(clause).Symbol,
        };
        return method is IMethodSymbol { Parameters: var parameters } && parameters.Any(static p => IsExpression(p.Type));
    }

    private static bool IsExpression(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "Expression", Arity: 1, ContainingNamespace: { Name: "Expressions", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } },
    };
}
