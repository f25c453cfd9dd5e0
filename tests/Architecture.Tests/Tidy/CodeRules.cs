using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Tidy;

/// <summary>What C# files must keep to, read from their syntax. Each rule takes one file and returns its violations.</summary>
internal static class CodeRules
{
    /// <summary>Half a feature is no feature: what isn't there answers so by design, not by a crash.</summary>
    public static IEnumerable<string> NoStubs(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
            .Where(creation => NameOf(creation.Type) == "NotImplementedException")
            .Select(creation => $"{file.At(creation)}: NotImplementedException. Finish it or take it out.");

    /// <summary>A test that sleeps is slow on a fast machine and red on a slow one.</summary>
    public static IEnumerable<string> NoSleepInTests(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(call => call.Expression)
            .OfType<MemberAccessExpressionSyntax>()
            .Where(member => member is
            {
                Expression: IdentifierNameSyntax { Identifier.Text: "Thread" }, Name.Identifier.Text: "Sleep" or "SpinWait",
            } or
            {
                Expression: IdentifierNameSyntax { Identifier.Text: "Task" }, Name.Identifier.Text: "Delay",
            })
            .Select(member => $"{file.At(member)}: {member} in a test. Await a signal, or move a FakeTimeProvider.");

    /// <summary>A stranger finds a type by the name of its file.</summary>
    public static IEnumerable<string> OnePublicTypePerFile(SourceFile file)
    {
        var types = TopLevelTypes(file).Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)).ToArray();
        foreach (var type in types.Skip(1).Where(type => type.Identifier.Text != types[0].Identifier.Text))
        {
            yield return $"{file.At(type)}: {type.Identifier.Text} is the second public type of this file. Give it its own.";
        }

        var name = Path.GetFileName(file.Path).Split('.')[0];
        if (types is [var first, ..] && first.Identifier.Text != name)
        {
            yield return $"{file.At(first)}: public type {first.Identifier.Text} lives in a file of another name.";
        }
    }

    /// <summary>The compiler asks for the documentation of public members; nobody may switch that off for a file of the SDK.</summary>
    public static IEnumerable<string> NoSilencedDocumentation(SourceFile file) =>
        file.Syntax.DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
                && trivia.ToString().Contains("CS1591", StringComparison.OrdinalIgnoreCase))
            .Select(trivia => $"{file.Path}: {trivia.ToString().Trim()}: write the documentation instead.");

    private static IEnumerable<BaseTypeDeclarationSyntax> TopLevelTypes(SourceFile file) =>
        file.Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<BaseTypeDeclarationSyntax>();

    private static string NameOf(TypeSyntax type) =>
        type is QualifiedNameSyntax qualified ? qualified.Right.Identifier.Text : type.ToString();
}
