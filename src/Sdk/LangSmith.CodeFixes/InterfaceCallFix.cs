using System.Collections.Immutable;
using System.Composition;
using LangSmith.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace LangSmith.CodeFixes;

/// <summary>LS0007: puts <c>[Traceable]</c> on the interface's method, where it is declared in the same solution.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class InterfaceCallFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Diagnostics.InterfaceCall.Id];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not { } call
            || model?.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { OriginalDefinition: var method }
            || method.DeclaringSyntaxReferences is not [var declaration]
            || context.Document.Project.Solution.GetDocument(declaration.SyntaxTree) is not { } document)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Put [Traceable] on '{method.ContainingType.Name}.{method.Name}'",
                cancellation => MarkAsync(document, declaration, cancellation),
                equivalenceKey: nameof(InterfaceCallFix)),
            context.Diagnostics);
    }

    private static async Task<Document> MarkAsync(Document document, SyntaxReference declaration, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var method = (MethodDeclarationSyntax)await declaration.GetSyntaxAsync(cancellation).ConfigureAwait(false);
        var attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::LangSmith.Traceable").WithAdditionalAnnotations(Simplifier.Annotation));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(method.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed);
        var indented = method.WithLeadingTrivia(method.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        var marked = indented.WithAttributeLists(indented.AttributeLists.Insert(0, list)).WithAdditionalAnnotations(Formatter.Annotation);
        return document.WithSyntaxRoot(root!.ReplaceNode(method, marked));
    }
}
