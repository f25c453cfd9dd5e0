using System.Collections.Immutable;
using System.Composition;
using LangSmith.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace LangSmith.CodeFixes;

/// <summary>LS0001 and LS0002: takes the id from <c>Uuid7</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NewRunIdFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Diagnostics.RandomRunId.Id, Diagnostics.UnorderedRunId.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call)
        {
            return;
        }

        var name = call.ArgumentList.Arguments.Count == 0 ? "NewGuid" : "FromTime";
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Use Uuid7.{name}()",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, Replace(call, name)))),
                equivalenceKey: nameof(NewRunIdFix)),
            context.Diagnostics);
    }

    private static InvocationExpressionSyntax Replace(InvocationExpressionSyntax call, string name)
    {
        var method = SyntaxFactory.ParseExpression($"global::LangSmith.Uuid7.{name}").WithAdditionalAnnotations(Simplifier.Annotation);
        return call.WithExpression(method.WithTriviaFrom(call.Expression));
    }
}
