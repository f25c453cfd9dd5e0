using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Architecture.Tests;

/// <summary>One text file: its path from the repository's root, with forward slashes, and what it says.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<string[]> _lines = new(() => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default, path).GetRoot());

    public string Path => path;

    public string Text => text;

    public string Extension => System.IO.Path.GetExtension(path);

    public IReadOnlyList<string> Lines => _lines.Value;

    /// <summary>The C# syntax; only for files that are C#.</summary>
    public SyntaxNode Syntax => _syntax.Value;

    public bool IsUnder(string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Where a node stands, as an editor understands it: <c>path:line</c>.</summary>
    public string At(SyntaxNode node) => $"{path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    public override string ToString() => path;
}
