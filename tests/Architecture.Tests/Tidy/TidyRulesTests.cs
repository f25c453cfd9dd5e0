namespace Architecture.Tests.Tidy;

/// <summary>The rules, each shown a sample that breaks it: a rule that cannot go red protects nothing.</summary>
public sealed class TidyRulesTests
{
    // Written in two halves so that the rules, reading this very file, see no violation.
    private const string ToDo = "TO" + "DO";
    private const string Home = "/ho" + "me/somebody/key";

    [Theory]
    [InlineData("src/A.cs", 500, 501)]
    [InlineData("tests/A.cs", 800, 801)]
    [InlineData("src/A.razor", 150, 151)]
    public void FileLength_BeyondTheLimit_IsAViolation(string path, int good, int bad)
    {
        Assert.Empty(TidyRules.FileLength(new SourceFile(path, Lines(good))));
        Assert.Contains(path, Assert.Single(TidyRules.FileLength(new SourceFile(path, Lines(bad)))), StringComparison.Ordinal);
    }

    [Fact]
    public void LineLength_BeyondTheLimit_NamesTheLine()
    {
        var file = new SourceFile("src/A.cs", "short\n" + new string('x', 160) + "\n" + new string('x', 161) + "\n");
        Assert.StartsWith("src/A.cs:3:", Assert.Single(TidyRules.LineLength(file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"// {ToDo}: later", 1)]
    [InlineData($"// {ToDo} https://example.org/langsmith-dotnet/issues/12: later", 0)]
    [InlineData("var autodoc = 1;", 0)]
    public void ToDosHaveAnAddress_Line_CountsThoseWithout(string line, int violations) =>
        Assert.Equal(violations, TidyRules.ToDosHaveAnAddress(new SourceFile("src/A.cs", line)).Count());

    [Theory]
    [InlineData("README.md", $"see {Home}", 1)]
    [InlineData("README.md", "GET /homes/1", 0)]
    [InlineData("tests/node/package-lock.json", "\"resolved\": \"https://mirror.example/x.tgz\"", 1)]
    [InlineData("tests/node/package-lock.json", "\"version\": \"1.0.0\"", 0)]
    public void NoMachine_Line_CountsPathsAndHosts(string path, string line, int violations) =>
        Assert.Equal(violations, TidyRules.NoMachine(new SourceFile(path, line)).Count());

    [Theory]
    [InlineData("x\n", 0)]
    [InlineData("x", 1)]
    [InlineData("x\n\n", 1)]
    public void EndsWithOneNewLine_Text_CountsOthers(string text, int violations) =>
        Assert.Equal(violations, TidyRules.EndsWithOneNewLine(new SourceFile("src/A.cs", text)).Count());

    [Fact]
    public void NoStubs_StubInABody_IsAViolation() =>
        Assert.Single(CodeRules.NoStubs(new SourceFile("src/A.cs", "class A { int M() => throw new System.NotImplementedException(); }")));

    [Theory]
    [InlineData("await Task.Delay(100);", 1)]
    [InlineData("Thread.Sleep(1);", 1)]
    [InlineData("clock.Delay(1);", 0)]
    public void NoSleepInTests_Statement_CountsSleeps(string statement, int violations)
    {
        var file = new SourceFile("tests/A.cs", $"class A {{ async void M() {{ {statement} }} }}");
        Assert.Equal(violations, CodeRules.NoSleepInTests(file).Count());
    }

    [Theory]
    [InlineData("src/A.cs", "namespace N; public class A; internal class B;", 0)]
    [InlineData("src/A.cs", "namespace N; public class A { public class Inner; }", 0)]
    [InlineData("src/A.Part.cs", "namespace N; public partial class A;", 0)]
    [InlineData("src/A.cs", "namespace N; public class A; public class A<T>;", 0)]
    [InlineData("src/A.cs", "namespace N; public class A; public enum B;", 1)]
    [InlineData("src/A.cs", "namespace N; public class B;", 1)]
    public void OnePublicTypePerFile_Text_CountsStrangers(string path, string text, int violations) =>
        Assert.Equal(violations, CodeRules.OnePublicTypePerFile(new SourceFile(path, text)).Count());

    [Fact]
    public void NoSilencedDocumentation_Pragma_IsAViolation() =>
        Assert.Single(CodeRules.NoSilencedDocumentation(new SourceFile("src/Sdk/A.cs", "#pragma warning disable CS1591\nclass A;")));

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("x\n", count));
}
