using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Architecture.Tests.Reference;

/// <summary>Turns what the code says about itself into what a page can print.</summary>
internal static partial class SourceText
{
    /// <summary>
    /// The plain text of an element (<c>summary</c>, <c>value</c>, ...) of a declaration's documentation; null when absent.
    /// </summary>
    public static string? Documentation(SyntaxNode declaration, string element)
    {
        var lines = declaration.GetLeadingTrivia().ToFullString().Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line[3..]);
        var found = XDocument.Parse($"<doc>{string.Join('\n', lines)}</doc>").Root!.Element(element);
        return found is null ? null : Space().Replace(string.Concat(found.Nodes().Select(Print)), " ").Trim();
    }

    /// <summary>Escapes a text for a cell of a Markdown table.</summary>
    public static string Cell(string? text) => (text ?? string.Empty).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Print(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when (element.Attribute("cref") ?? element.Attribute("langword") ?? element.Attribute("name")) is { } name =>
            $"`{Reference(name.Value)}`",
        XElement element => string.Concat(element.Nodes().Select(Print)),
        _ => string.Empty,
    };

    private static string Reference(string name)
    {
        var withoutParameters = name.Split('(')[0];
        return withoutParameters.Length > 1 && withoutParameters[1] == ':' ? withoutParameters[2..] : withoutParameters;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
