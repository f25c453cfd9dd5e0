using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Analyzers;

/// <summary>Finds calls of traced methods in what other generators wrote, Razor's above all: generators do not see each other's code.</summary>
/// <remarks>
/// Files that are generated before the compilation are seen, and what tells them apart is whether an interceptor names the call. An editor
/// does not ask for interceptors while somebody types; such files are then taken for what another generator wrote, until the build.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Diagnostics.GeneratedCall];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.Traceable) is null)
            {
                return;
            }

            var interceptors = start.Compilation.SyntaxTrees.FirstOrDefault(IsInterceptors)?.ToString() ?? "";
            start.RegisterOperationAction(found => LookAt(found, interceptors), OperationKind.Invocation);
        });
    }

    private static void LookAt(OperationAnalysisContext context, string interceptors)
    {
        var call = (IInvocationOperation)context.Operation;
        if (context.IsGeneratedCode
            && call.Syntax is InvocationExpressionSyntax syntax
            && !IsOurs(syntax.SyntaxTree)
            && TraceableMethods.FindAttribute(call.TargetMethod) is not null
            && Interceptability.FindObstacle(TraceableMethods.Definition(call.TargetMethod), context.Compilation) is null
            && CallReach.Find(call) == CallObstacle.None
            && call.SemanticModel!.GetInterceptableLocation(syntax, context.CancellationToken) is { } location
            && interceptors.IndexOf(location.Data, StringComparison.Ordinal) < 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.GeneratedCall, syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    private static bool IsInterceptors(SyntaxTree tree) => tree.FilePath.EndsWith(KnownNames.InterceptorsFile, StringComparison.Ordinal);

    private static bool IsOurs(SyntaxTree tree) => tree.FilePath.Contains(nameof(TraceableGenerator));
}
