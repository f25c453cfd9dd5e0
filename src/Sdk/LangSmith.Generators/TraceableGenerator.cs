using LangSmith.Generators.Emit;
using LangSmith.Generators.Models;
using LangSmith.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators;

/// <summary>Traces methods with <c>[Traceable]</c>: an entry and overloads for each that is declared here, an interceptor for each call.</summary>
/// <remarks>Every step's result compares by value, so that an edit that changes nothing here is answered from cache.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class TraceableGenerator : IIncrementalGenerator
{
    /// <summary>The names of the steps, for tests of what an edit makes run again.</summary>
    internal const string MethodsStep = "Methods";
    internal const string CallsStep = "Calls";

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

        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => node is InvocationExpressionSyntax, ReadCall)
            .Where(static site => site is not null)
            .Select(static (site, _) => site!)
            .WithTrackingName(CallsStep);
        context.RegisterImplementationSourceOutput(calls.Collect(), static (output, sites) =>
        {
            if (sites.Length > 0)
            {
                output.AddSource("LangSmith.Interceptors.g.cs", InterceptorWriter.Write(sites));
            }
        });
    }

    private static CallSite? ReadCall(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || TraceableMethods.FindAttribute(method) is null
            || ModelReader.Read(method, context.SemanticModel.Compilation) is not { } model
            || context.SemanticModel.GetInterceptableLocation(call, cancellation) is not { } location)
        {
            return null;
        }

        return new CallSite(model, location.Version, location.Data, location.GetDisplayLocation());
    }

    private static void WriteTypes(SourceProductionContext output, IReadOnlyList<TracedMethodModel> methods, bool hasExtensionBlocks)
    {
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
