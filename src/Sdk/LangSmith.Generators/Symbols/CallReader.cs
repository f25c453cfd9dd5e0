using LangSmith.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LangSmith.Generators.Symbols;

/// <summary>Finds the calls that are to be intercepted.</summary>
internal static class CallReader
{
    /// <summary>Reads a call.</summary>
    /// <returns>Null when it is of no traced method, or must be left alone.</returns>
    public static CallSite? Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var model = context.SemanticModel;
        if (!TracedNames.MayBeTraced(call, model.Compilation)
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || TraceableMethods.FindAttribute(method) is null
            || CallReach.Find(call, model) != CallObstacle.None
            || ModelReader.Read(method, model.Compilation) is not { } traced
            || model.GetInterceptableLocation(call, cancellation) is not { } location)
        {
            return null;
        }

        return new CallSite(traced, SiteLocation.Of(location));
    }
}
