namespace Docs.Tests;

/// <summary>A block of C# on a page.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Line">The line of its first line, from 1 on.</param>
/// <param name="Text">The code.</param>
internal sealed record Snippet(string Page, int Line, string Text)
{
    private const string Begin = "```csharp";
    private const string End = "```";

    /// <summary>Whether it shows members of a type, rather than statements and types.</summary>
    public bool IsOfMembers => Text.StartsWith('[');

    /// <summary>Reads the snippets of a page.</summary>
    public static IEnumerable<Snippet> Read(string page)
    {
        List<string>? lines = null;
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, page)))
        {
            number++;
            switch (lines)
            {
                case null when line.Trim() == Begin:
                    lines = [];
                    break;
                case not null when line.Trim() == End:
                    yield return new Snippet(page, number - lines.Count, string.Join('\n', lines));
                    lines = null;
                    break;
                case not null:
                    lines.Add(line);
                    break;
            }
        }
    }
}
