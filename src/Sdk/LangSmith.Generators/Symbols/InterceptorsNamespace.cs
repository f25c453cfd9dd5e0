using Microsoft.CodeAnalysis;

namespace LangSmith.Generators.Symbols;

/// <summary>Tells whether a project allows generated code to take the place of calls.</summary>
internal static class InterceptorsNamespace
{
    /// <summary>The compiler takes a namespace with all below it; the property reaches it as a feature under either name.</summary>
    public static bool IsEnabled(ParseOptions options) =>
        IsListed(options, "InterceptorsNamespaces") || IsListed(options, "InterceptorsPreviewNamespaces");

    private static bool IsListed(ParseOptions options, string feature) =>
        options.Features.TryGetValue(feature, out var listed)
        && listed.Split(';').Any(static name => name.Trim() is KnownNames.GeneratedNamespace or "LangSmith");
}
