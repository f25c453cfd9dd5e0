using Microsoft.CodeAnalysis.Text;

namespace Generators.Tests.Testing;

/// <summary>Source text in which <c>[|</c> and <c>|]</c> stand around what a diagnostic is expected at.</summary>
internal static class Markup
{
    private const string Begin = "[|";
    private const string End = "|]";

    public static (string Text, IReadOnlyList<TextSpan> Spans) Parse(string marked)
    {
        var spans = new List<TextSpan>();
        while (marked.IndexOf(Begin, StringComparison.Ordinal) is var begin and >= 0)
        {
            marked = marked.Remove(begin, Begin.Length);
            var end = marked.IndexOf(End, StringComparison.Ordinal);
            marked = marked.Remove(end, End.Length);
            spans.Add(TextSpan.FromBounds(begin, end));
        }

        return (marked, spans);
    }
}
