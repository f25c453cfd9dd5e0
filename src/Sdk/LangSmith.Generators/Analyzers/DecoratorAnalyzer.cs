using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Analyzers;

/// <summary>Finds calls that ask for a decorator that cannot be made.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DecoratorAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Diagnostics.NotDecorated, Diagnostics.NamespaceNotEnabled];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            static found =>
            {
                var call = (IInvocationOperation)found.Operation;
                if (!DecoratorCalls.IsOne(call.TargetMethod))
                {
                    return;
                }

                if (DecoratorReader.FindObstacle(call.TargetMethod, found.Compilation) is { } obstacle)
                {
                    found.ReportDiagnostic(Diagnostic.Create(Diagnostics.NotDecorated, call.Syntax.GetLocation(), call.TargetMethod.Name, obstacle));
                }
                else if (!InterceptorsNamespace.IsEnabled(call.Syntax.SyntaxTree.Options))
                {
                    found.ReportDiagnostic(Diagnostic.Create(Diagnostics.NamespaceNotEnabled, call.Syntax.GetLocation(), call.TargetMethod.Name));
                }
            },
            OperationKind.Invocation);
    }
}
