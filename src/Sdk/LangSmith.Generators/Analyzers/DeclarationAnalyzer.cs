using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LangSmith.Generators.Analyzers;

/// <summary>Looks at methods with <c>[Traceable]</c>: what keeps them from being traced, and whether what they name exists.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Diagnostics.NotInterceptable, Diagnostics.UnknownProcessor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var decorated = new DecoratedServices(start.Compilation);
            start.RegisterSymbolAction(found => LookAtMethod(found, decorated), SymbolKind.Method);
        });
        context.RegisterSyntaxNodeAction(LookAtFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
    }

    private static void LookAtMethod(SymbolAnalysisContext context, DecoratedServices decorated)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is null && TraceableMethods.FindOwnAttribute(method) is { } attribute && !IsDecorated(method, decorated))
        {
            Judge(context.Compilation, method, attribute, context.ReportDiagnostic);
        }
    }

    /// <summary>An explicit implementation is called through its interface alone, which a decorator may stand before.</summary>
    private static bool IsDecorated(IMethodSymbol method, DecoratedServices decorated) =>
        method.ExplicitInterfaceImplementations.Any(implemented => decorated.Contains(implemented.ContainingType, method.ContainingType));

    private static void LookAtFunction(SyntaxNodeAnalysisContext context)
    {
        var symbol = context.Node is LocalFunctionStatementSyntax
            ? context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken)
            : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol;
        if (symbol is IMethodSymbol method && TraceableMethods.FindOwnAttribute(method) is { } attribute)
        {
            Judge(context.Compilation, method, attribute, context.ReportDiagnostic);
        }
    }

    private static void Judge(Compilation compilation, IMethodSymbol method, AttributeData attribute, Action<Diagnostic> report)
    {
        var at = attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : method.Locations[0];
        if (Interceptability.FindObstacle(method, compilation) is { } obstacle)
        {
            var name = method.MethodKind == MethodKind.AnonymousFunction ? "the lambda" : method.Name;
            report(Diagnostic.Create(Diagnostics.NotInterceptable, at, name, obstacle));
            return;
        }

        foreach (var (property, named, requirement) in ProcessorFaults.Find(method, attribute))
        {
            report(Diagnostic.Create(Diagnostics.UnknownProcessor, at, property, method.Name, named, requirement));
        }
    }
}
