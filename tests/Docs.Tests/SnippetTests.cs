namespace Docs.Tests;

/// <summary>The C# on the pages compiles.</summary>
public sealed class SnippetTests
{
    public static TheoryData<string> Pages => [.. Repository.PagesIn("").Concat(Repository.PagesIn("docs")).Concat(Repository.PackagePages)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Snippets_OfAPage_Compile(string page)
    {
        var errors = Snippet.Read(page).SelectMany(snippet => SnippetCompiler.Errors(snippet, Surroundings(page))).ToArray();

        Assert.True(errors.Length == 0, string.Join('\n', errors));
    }

    [Fact]
    public void Pages_WithSnippets_AreFound()
    {
        var pages = Pages.Select(row => row.Data).ToArray();

        Assert.Contains("README.md", pages);
        Assert.Contains("docs/traceable.md", pages);
        Assert.Contains("src/Sdk/LangSmith/README.md", pages);
    }

    [Fact]
    public void Errors_OfASnippetThatIsWrong_NamePageAndLine()
    {
        var errors = SnippetCompiler.Errors(new Snippet("docs/some.md", 7, "var id = Uuid7.NewGuid();\nvar run = Traceable.NoSuchMethod();"), "none");

        Assert.Contains("docs/some.md(8,", Assert.Single(errors), StringComparison.Ordinal);
    }

    /// <summary>A page of a package stands alone: nothing is declared around it.</summary>
    private static string Surroundings(string page) =>
        page.StartsWith("src/", StringComparison.Ordinal) ? "none" : Path.GetFileNameWithoutExtension(page);
}
