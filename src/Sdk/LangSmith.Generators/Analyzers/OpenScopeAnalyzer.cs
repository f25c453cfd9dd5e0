using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Analyzers;

/// <summary>Finds runs and scopes that are begun and never disposed of.</summary>
/// <remarks>What is passed on, returned or kept in a field is somebody else's to dispose of, and not looked at.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OpenScopeAnalyzer : DiagnosticAnalyzer
{
    private static readonly HashSet<string> s_beginnings = new(StringComparer.Ordinal)
    {
        "StartRun", "ForNextRun", "BeginScope", "ContinueFrom", "MakeCurrent",
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Diagnostics.OpenScope];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Look, OperationKind.Invocation);
    }

    private static void Look(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!s_beginnings.Contains(call.TargetMethod.Name) || !IsOurs(call.TargetMethod.ContainingType))
        {
            return;
        }

        var isOpen = Holder(call) switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableDeclaratorOperation declarator => !IsUsing(declarator) && IsKeptOpen(declarator),
            _ => false,
        };
        if (isOpen)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.OpenScope, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }

    private static bool IsOurs(INamedTypeSymbol type) =>
        TraceableMethods.IsNamed(type, "Traceable") || TraceableMethods.IsNamed(type, "LangSmithTracer") || TraceableMethods.IsNamed(type, "RunTree");

    private static IOperation? Holder(IOperation call)
    {
        var current = call.Parent;
        while (current is IConversionOperation or IVariableInitializerOperation)
        {
            current = current.Parent;
        }

        return current;
    }

    private static bool IsUsing(IVariableDeclaratorOperation declarator)
    {
        for (IOperation? current = declarator.Parent; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is IUsingOperation or IUsingDeclarationOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when every use of the local is a call on it or a look at it, none of which disposes of it.</summary>
    private static bool IsKeptOpen(IVariableDeclaratorOperation declarator)
    {
        IOperation root = declarator;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root.Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol))
            .All(static reference => StaysOpen(reference));
    }

    private static bool StaysOpen(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call when call.Instance == reference => call.TargetMethod.Name != "Dispose",
        IMemberReferenceOperation member => member.Instance == reference,
        IConditionalAccessOperation access => access.WhenNotNull is not IInvocationOperation { TargetMethod.Name: "Dispose" },
        _ => false,
    };
}
