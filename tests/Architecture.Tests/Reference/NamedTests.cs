using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Reference;

/// <summary>The tests that pages may name as proof.</summary>
internal static class NamedTests
{
    /// <summary>All tests of this repository, as <c>Class.Method</c>.</summary>
    public static HashSet<string> All() =>
    [
        .. from file in Checkout.Files
           where file.Extension == ".cs" && file.IsUnder("tests")
           from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
           where method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory")
           from type in method.Ancestors().OfType<TypeDeclarationSyntax>().Take(1)
           select $"{type.Identifier.Text}.{method.Identifier.Text}",
    ];
}
