using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Analyzers;

/// <summary>Finds options with a run id that outlive one call: in a field, or made outside of a loop and used inside it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FixedRunIdAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Diagnostics.FixedRunId];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Look, OperationKind.ObjectCreation);
    }

    private static void Look(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!HasRunId(creation))
        {
            return;
        }

        var isOfWrapper = TraceableMethods.IsNamed(creation.Type, "TraceableOptions");
        var holder = FindHolder(creation, throughWrap: isOfWrapper);
        var name = holder switch
        {
            IFieldInitializerOperation { InitializedFields: [var field, ..] } => field.Name,
            IPropertyInitializerOperation { InitializedProperties: [var property, ..] } => property.Name,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member } => member.Member.Name,
            IVariableDeclaratorOperation { Symbol: var local } when IsUsedInInnerLoop(local, holder) => local.Name,
            _ => null,
        };
        if (name is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.FixedRunId, RunIdOf(creation)!.Syntax.GetLocation(), name));
        }
    }

    private static bool HasRunId(IObjectCreationOperation creation) =>
        (TraceableMethods.IsNamed(creation.Type, "RunOptions") || TraceableMethods.IsNamed(creation.Type, "TraceableOptions")) && RunIdOf(creation) is not null;

    private static ISimpleAssignmentOperation? RunIdOf(IObjectCreationOperation creation) =>
        creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(static assignment =>
            assignment.Target is IPropertyReferenceOperation { Property.Name: "RunId" or "RunIdText" }
            && assignment.Value.ConstantValue is not { HasValue: true, Value: null });

    /// <summary>Finds what keeps the options, or the wrapped delegate that was made with them.</summary>
    private static IOperation? FindHolder(IOperation creation, bool throughWrap)
    {
        var current = creation.Parent;
        while (current is IConversionOperation or IVariableInitializerOperation
            || (throughWrap && current is IArgumentOperation or IInvocationOperation { TargetMethod.Name: "Wrap" }))
        {
            current = current.Parent;
        }

        return current;
    }

    private static bool IsUsedInInnerLoop(ILocalSymbol local, IOperation declaration)
    {
        var root = declaration;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        var home = LoopAround(declaration.Syntax);
        return root.Descendants().OfType<ILocalReferenceOperation>().Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Local, local)
            && LoopAround(reference.Syntax) is { } loop
            && loop != home
            && !loop.Contains(declaration.Syntax));
    }

    private static SyntaxNode? LoopAround(SyntaxNode node)
    {
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            // What a loop goes over is evaluated once.
            if (parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                || (parent is CommonForEachStatementSyntax each && current != each.Expression))
            {
                return parent;
            }
        }

        return null;
    }
}
