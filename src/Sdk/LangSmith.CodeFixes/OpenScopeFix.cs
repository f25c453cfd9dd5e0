using System.Collections.Immutable;
using System.Composition;
using LangSmith.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.CodeFixes;

/// <summary>LS0006: declares the scope with <c>using</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class OpenScopeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Diagnostics.OpenScope.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var call = root?.FindNode(context.Span, getInnermostNodeForTie: true);
        if (call?.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || Fixed(statement, call) is not { } fixedStatement)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                "Declare it with 'using'",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(statement, fixedStatement))),
                equivalenceKey: nameof(OpenScopeFix)),
            context.Diagnostics);
    }

    private static StatementSyntax? Fixed(StatementSyntax statement, SyntaxNode call) => statement switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration => declaration
            .WithoutLeadingTrivia()
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(declaration.GetLeadingTrivia()),
        // Only as a block's own statement: a declaration cannot stand alone behind an 'if'.
        ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } => SyntaxFactory.ParseStatement($"using var run = {call.WithoutTrivia()};")
            .WithTriviaFrom(statement),
        _ => null,
    };
}
