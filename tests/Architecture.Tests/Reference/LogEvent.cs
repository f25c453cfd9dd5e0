using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Reference;

/// <summary>One event that the code can log.</summary>
/// <param name="Id">The event id.</param>
/// <param name="Name">The logging method's name, which is the event's name.</param>
/// <param name="Level">The log level, or "varies".</param>
/// <param name="Message">The message template.</param>
/// <param name="Meaning">The method's summary: what it means and what to do; null when it has none.</param>
/// <param name="At">Where it is declared.</param>
/// <param name="Project">The folder of the project, from the repository's root.</param>
internal sealed record LogEvent(int Id, string Name, string Level, string Message, string? Meaning, string At, string Project)
{
    public static IEnumerable<LogEvent> In(SourceFile file) =>
        from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        from attribute in method.AttributeLists.SelectMany(list => list.Attributes)
        where attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute"
        select Read(file, method, attribute);

    private static LogEvent Read(SourceFile file, MethodDeclarationSyntax method, AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? [];
        var id = Argument("EventId", 0)?.ToString() ?? "0";
        return new LogEvent(
            int.Parse(id.Replace("_", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture),
            method.Identifier.Text,
            Argument("Level", 1)?.ToString().Replace("LogLevel.", string.Empty, StringComparison.Ordinal) ?? "varies",
            string.Concat((Argument("Message", 2)?.DescendantNodesAndSelf() ?? []).OfType<LiteralExpressionSyntax>()
                .Select(literal => literal.Token.ValueText)),
            SourceText.Documentation(method, "summary"),
            file.At(method),
            ProjectOf(file.Path));

        ExpressionSyntax? Argument(string name, int position) =>
            (arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == name
                    || string.Equals(argument.NameColon?.Name.Identifier.Text, name, StringComparison.OrdinalIgnoreCase))
                ?? arguments.Where(argument => argument.NameEquals is null && argument.NameColon is null).ElementAtOrDefault(position))
            ?.Expression;
    }

    private static string ProjectOf(string path)
    {
        var depth = path.StartsWith("src/Protocol/", StringComparison.Ordinal) ? 2 : 3;
        return string.Join('/', path.Split('/').Take(depth));
    }
}
