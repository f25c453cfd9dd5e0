using System.Collections.Immutable;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LangSmith.Generators.Analyzers;

/// <summary>Finds uses of traced methods that no interceptor can stand in for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreachableUseAnalyzer : DiagnosticAnalyzer
{
    private static readonly HashSet<string> s_lookups = new(StringComparer.Ordinal)
    {
        "GetMethod", "GetRuntimeMethod", "GetDeclaredMethod", "InvokeMember", "CreateDelegate",
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Diagnostics.MethodGroup, Diagnostics.InterfaceCall, Diagnostics.ExpressionTree, Diagnostics.BaseCall, Diagnostics.Reflection,
        Diagnostics.ForeignAssembly, Diagnostics.NamespaceNotEnabled,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.Traceable) is null)
            {
                return;
            }

            var implementations = new TracedImplementations(start.Compilation);
            start.RegisterOperationAction(LookAtMethodGroup, OperationKind.MethodReference);
            start.RegisterOperationAction(LookAtName, OperationKind.NameOf);
            start.RegisterOperationAction(found => LookAtCall(found, implementations), OperationKind.Invocation);
        });
    }

    private static void LookAtMethodGroup(OperationAnalysisContext context)
    {
        var reference = (IMethodReferenceOperation)context.Operation;
        // Where the method cannot be traced at all, its declaration says so; a name is looked at below.
        if (IsTraced(reference.Method, context.Compilation) && !IsInsideName(reference) && !IsWrapped(reference))
        {
            Report(context, reference.Syntax, Diagnostics.MethodGroup, reference.Method.Name);
        }
    }

    private static void LookAtName(OperationAnalysisContext context)
    {
        var name = (INameOfOperation)context.Operation;
        var holder = name.Parent is IConversionOperation conversion ? conversion.Parent : name.Parent;
        if (holder is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } lookup } } || !IsReflection(lookup))
        {
            return;
        }

        var model = name.SemanticModel!;
        var symbols = model.GetMemberGroup(name.Argument.Syntax, context.CancellationToken).OfType<IMethodSymbol>();
        if (symbols.FirstOrDefault(static method => TraceableMethods.FindAttribute(method) is not null) is { } traced)
        {
            Report(context, name.Syntax, Diagnostics.Reflection, traced.Name);
        }
    }

    private static void LookAtCall(OperationAnalysisContext context, TracedImplementations implementations)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (!IsTraced(method, context.Compilation))
        {
            if (method.ContainingType is { TypeKind: TypeKind.Interface }
                && TraceableMethods.FindAttribute(method) is null
                && implementations.Find(method) is { } implementation)
            {
                var at = $"{method.ContainingType.Name}.{method.Name}";
                Report(context, call.Syntax, Diagnostics.InterfaceCall, at, $"{implementation.ContainingType.Name}.{implementation.Name}");
            }

            return;
        }

        switch (CallReach.Find(call))
        {
            case CallObstacle.ExpressionTree:
                Report(context, call.Syntax, Diagnostics.ExpressionTree, method.Name);
                return;
            case CallObstacle.Base when SymbolEqualityComparer.Default.Equals(OverriddenBy(context.ContainingSymbol), method.OriginalDefinition):
                // The override is traced as what it overrides is: its own call is the run.
                return;
            case CallObstacle.Base:
                Report(context, call.Syntax, Diagnostics.BaseCall, method.Name);
                return;
        }

        if (!InterceptorsNamespace.IsEnabled(call.Syntax.SyntaxTree.Options))
        {
            Report(context, call.Syntax, Diagnostics.NamespaceNotEnabled, method.Name);
        }
        else if (method.ContainingAssembly is { } assembly
            && !SymbolEqualityComparer.Default.Equals(assembly, context.Compilation.Assembly)
            && !AssemblyMark.IsOn(assembly)
            && context.Compilation.GetMetadataReference(assembly) is PortableExecutableReference)
        {
            Report(context, call.Syntax, Diagnostics.ForeignAssembly, assembly.Name, method.Name);
        }
    }

    private static IMethodSymbol? OverriddenBy(ISymbol caller) => (caller as IMethodSymbol)?.OverriddenMethod?.OriginalDefinition;

    private static bool IsTraced(IMethodSymbol method, Compilation compilation) =>
        TraceableMethods.FindAttribute(method) is not null && Interceptability.FindObstacle(TraceableMethods.Definition(method), compilation) is null;

    /// <summary>Tells whether <c>Traceable.Wrap</c> traces the delegate, and as the attribute says: what is to be hidden it does not know.</summary>
    private static bool IsWrapped(IMethodReferenceOperation reference)
    {
        var holder = reference.Parent is IDelegateCreationOperation creation ? creation.Parent : reference.Parent;
        return holder is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Wrap" } wrap } }
            && TraceableMethods.IsNamed(wrap.ContainingType, "Traceable")
            && TraceableMethods.FindAttribute(reference.Method) is { } attribute
            && !attribute.NamedArguments.Any(static argument =>
                argument.Key.StartsWith("Capture", StringComparison.Ordinal) || argument.Key.StartsWith("Process", StringComparison.Ordinal));
    }

    private static bool IsInsideName(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is INameOfOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReflection(IMethodSymbol lookup) => s_lookups.Contains(lookup.Name)
        && lookup.ContainingType is { Name: "Type" or "TypeInfo" or "RuntimeReflectionExtensions" or "Delegate" or "MethodInfo" };

    private static void Report(OperationAnalysisContext context, SyntaxNode at, DiagnosticDescriptor descriptor, params object?[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(descriptor, at.GetLocation(), arguments));
}
