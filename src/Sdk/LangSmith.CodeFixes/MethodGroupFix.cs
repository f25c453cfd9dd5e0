using System.Collections.Immutable;
using System.Composition;
using LangSmith.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.CodeFixes;

/// <summary>LS0004: calls the traced method in a lambda, where the call can be intercepted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MethodGroupFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Diagnostics.MethodGroup.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax group
            || model?.GetTypeInfo(group, context.CancellationToken).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { } signature }
            || signature.Parameters.Any(static parameter => parameter.RefKind != RefKind.None))
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                "Call it in a lambda",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(group, Lambda(group, signature).WithTriviaFrom(group)))),
                equivalenceKey: nameof(MethodGroupFix)),
            context.Diagnostics);
    }

    private static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static LambdaExpressionSyntax Lambda(ExpressionSyntax group, IMethodSymbol signature)
    {
        var list = string.Join(", ", signature.Parameters.Select(static parameter => Identifier(parameter.Name)));
        var call = $"{group.WithoutTrivia()}({list})";
        return (LambdaExpressionSyntax)SyntaxFactory.ParseExpression(signature.Parameters.Length == 1 ? $"{list} => {call}" : $"({list}) => {call}");
    }
}
