using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Analyzers;

/// <summary>Looks at what is given as a run id, wherever <c>[RunId]</c> marks that one is taken.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunIdAnalyzer : DiagnosticAnalyzer
{
    private const string NewId = "Uuid7.NewGuid()";
    private const string IdOfTime = "Uuid7.FromTime(…)";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Diagnostics.RandomRunId, Diagnostics.UnorderedRunId, Diagnostics.LiteralRunId];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            static found =>
            {
                var assignment = (IAssignmentOperation)found.Operation;
                var target = assignment.Target is IMemberReferenceOperation member ? member.Member : null;
                Look(found, target, assignment.Value);
            },
            OperationKind.SimpleAssignment,
            OperationKind.CoalesceAssignment);
        context.RegisterOperationAction(
            static found =>
            {
                var argument = (IArgumentOperation)found.Operation;
                Look(found, argument.Parameter, argument.Value);
            },
            OperationKind.Argument);
    }

    private static void Look(OperationAnalysisContext context, ISymbol? target, IOperation value)
    {
        if (target is null || !TakesRunId(target))
        {
            return;
        }

        foreach (var source in Sources(value))
        {
            Judge(context, source);
        }
    }

    private static bool TakesRunId(ISymbol target) =>
        target.OriginalDefinition.GetAttributes().Any(static a => TraceableMethods.IsNamed(a.AttributeClass, "RunIdAttribute"));

    private static void Judge(OperationAnalysisContext context, IOperation source)
    {
        switch (source)
        {
            case IInvocationOperation { TargetMethod: { Name: "NewGuid" } method } when IsGuid(method.ContainingType):
                Report(context, source, Diagnostics.RandomRunId, NewId);
                break;
            case IInvocationOperation { TargetMethod: { Name: "CreateVersion7" } method } when IsGuid(method.ContainingType):
                Report(context, source, Diagnostics.UnorderedRunId, method.Parameters.Length == 0 ? NewId : IdOfTime);
                break;
            case IInvocationOperation { TargetMethod: { Name: "Parse" or "ParseExact" } method, Arguments: [var text, ..] } when IsGuid(method.ContainingType):
                JudgeText(context, text.Value);
                break;
            case IObjectCreationOperation { Type: { } type, Arguments: [var text] } when IsGuid(type):
                JudgeText(context, text.Value);
                break;
            case IObjectCreationOperation { Type: { } type, Arguments: [] } when IsGuid(type):
                ReportLiteral(context, source, source.Syntax.ToString(), "is the nil UUID, which is no run's id");
                break;
            case IFieldReferenceOperation { Field: { Name: "Empty" } field } when IsGuid(field.ContainingType):
                ReportLiteral(context, source, "Guid.Empty", "is the nil UUID, which is no run's id");
                break;
            default:
                JudgeText(context, source);
                break;
        }
    }

    private static void JudgeText(OperationAnalysisContext context, IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string text } && LiteralId.FindFault(text) is { } fault)
        {
            ReportLiteral(context, value, text, fault);
        }
    }

    private static void ReportLiteral(OperationAnalysisContext context, IOperation at, string text, string fault) =>
        context.ReportDiagnostic(Diagnostic.Create(Diagnostics.LiteralRunId, at.Syntax.GetLocation(), text, fault));

    private static void Report(OperationAnalysisContext context, IOperation at, DiagnosticDescriptor descriptor, string remedy) =>
        context.ReportDiagnostic(Diagnostic.Create(descriptor, at.Syntax.GetLocation(), remedy));

    /// <summary>Finds the expressions that a value comes from: through conversions, choices, and locals that are set once.</summary>
    private static IEnumerable<IOperation> Sources(IOperation value)
    {
        switch (value)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return Sources(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Sources(parenthesized.Operand);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return Sources(choice.WhenTrue).Concat(Sources(otherwise));
            case ICoalesceOperation coalesce:
                return Sources(coalesce.WhenNull);
            case ILocalReferenceOperation { Local: var local } reference when !local.IsConst && InitialValue(local, reference) is { } initial:
                return Sources(initial);
            default:
                return [value];
        }
    }

    /// <summary>The initializer of a local to which nothing else is assigned.</summary>
    private static IOperation? InitialValue(ILocalSymbol local, ILocalReferenceOperation reference)
    {
        if (local.DeclaringSyntaxReferences is not [var declaration]
            || declaration.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial }
            || reference.SemanticModel is not { } model)
        {
            return null;
        }

        IOperation root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        var isSetAgain = root.Descendants().Any(operation =>
            (operation is IAssignmentOperation { Target: ILocalReferenceOperation assigned } && SymbolEqualityComparer.Default.Equals(assigned.Local, local))
            || (operation is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation passed }
                && SymbolEqualityComparer.Default.Equals(passed.Local, local)));
        return isSetAgain ? null : model.GetOperation(initial);
    }

    private static bool IsGuid(ITypeSymbol type) =>
        type is { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
