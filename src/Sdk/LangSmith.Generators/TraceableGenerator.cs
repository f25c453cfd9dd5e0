using System.Collections.Immutable;
using LangSmith.Generators.Emit;
using LangSmith.Generators.Models;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators;

/// <summary>
/// Traces methods with <c>[Traceable]</c>: an entry and overloads for each that is declared here, an interceptor for each call, a decorator
/// for each service that asks for one.
/// </summary>
/// <remarks>Every step's result compares by value, so that an edit that changes nothing here is answered from cache.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class TraceableGenerator : IIncrementalGenerator
{
    /// <summary>The names of the steps, for tests of what an edit makes run again.</summary>
    internal const string MethodsStep = "Methods";
    internal const string CallsStep = "Calls";
    internal const string DecoratorsStep = "Decorators";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var hasExtensionBlocks = context.ParseOptionsProvider.Select(
            static (options, _) => options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp14 });
        var methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.Traceable,
                static (node, _) => node is MethodDeclarationSyntax,
                static (found, _) => found.TargetSymbol is IMethodSymbol method ? ModelReader.Read(method, found.SemanticModel.Compilation) : null)
            .Where(static model => model is { IsDeclaredHere: true })
            .Select(static (model, _) => model!)
            .WithTrackingName(MethodsStep);
        context.RegisterSourceOutput(methods.Collect().Combine(hasExtensionBlocks), static (output, given) => WriteTypes(output, given.Left, given.Right));

        // A call that may not be intercepted stays as it is, and an analyzer says so (LS1002): the compiler's own error would stand in generated code.
        var isEnabled = context.ParseOptionsProvider.Select(static (options, _) => InterceptorsNamespace.IsEnabled(options));
        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is InvocationExpressionSyntax, CallReader.Read)
            .Where(static site => site is not null)
            .Select(static (site, _) => site!)
            .WithTrackingName(CallsStep);
        context.RegisterImplementationSourceOutput(calls.Collect().Combine(isEnabled), static (output, given) =>
        {
            if (given is { Left.Length: > 0, Right: true })
            {
                output.AddSource(KnownNames.InterceptorsFile, InterceptorWriter.Write(given.Left));
            }
        });

        var decorators = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => DecoratorCalls.IsCandidate(node), DecoratorReader.Read)
            .Where(static site => site is not null)
            .Select(static (site, _) => site!)
            .WithTrackingName(DecoratorsStep);
        context.RegisterImplementationSourceOutput(decorators.Collect().Combine(isEnabled), static (output, given) =>
        {
            if (given is { Left.Length: > 0, Right: true })
            {
                output.AddSource("LangSmith.Decorators.g.cs", DecoratorWriter.Write(given.Left));
            }
        });
    }

    private static void WriteTypes(SourceProductionContext output, ImmutableArray<TracedMethodModel> methods, bool hasExtensionBlocks)
    {
        if (methods.IsEmpty)
        {
            return;
        }

        output.AddSource("LangSmith.Mark.g.cs", CodeText.Begin().Line(AssemblyMark.Code).ToString());
        foreach (var type in methods.GroupBy(static method => method.FileName))
        {
            var ordered = type.OrderBy(static method => method.EntryClass, StringComparer.Ordinal).ToArray();
            var code = CodeText.Begin();
            code.Open($"namespace {KnownNames.GeneratedNamespace}");
            for (var index = 0; index < ordered.Length; index++)
            {
                if (index > 0)
                {
                    code.Line();
                }

                EntryWriter.Write(code, ordered[index]);
            }

            code.Close();
            code.Line();
            OverloadWriter.Write(code, ordered, hasExtensionBlocks);
            output.AddSource(type.Key, code.ToString());
        }
    }
}
