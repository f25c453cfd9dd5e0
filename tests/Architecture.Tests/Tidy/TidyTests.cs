namespace Architecture.Tests.Tidy;

public sealed class TidyTests
{
    [Fact]
    public void Files_AreShort() => Rule.Holds(Checkout.Files.SelectMany(TidyRules.FileLength));

    [Fact]
    public void Lines_AreShort() =>
        // Tests hold data, which does not wrap well; what others made is kept as they made it.
        Rule.Holds(Checkout.Files
            .Where(file => !file.IsUnder("tests") && !file.IsUnder("src/Server/Web/Assets/vendor"))
            .SelectMany(TidyRules.LineLength));

    [Fact]
    public void ToDos_HaveAnAddress() => Rule.Holds(Checkout.Files.SelectMany(TidyRules.ToDosHaveAnAddress));

    [Fact]
    public void Files_NameNoMachine() => Rule.Holds(Checkout.Files.SelectMany(TidyRules.NoMachine));

    [Fact]
    public void Files_EndWithOneNewLine() => Rule.Holds(Checkout.Files.SelectMany(TidyRules.EndsWithOneNewLine));

    [Fact]
    public void Code_HasNoStubs() => Rule.Holds(CSharp("src", "tests", "samples", "bench").SelectMany(CodeRules.NoStubs));

    [Fact]
    public void Tests_DoNotSleep() => Rule.Holds(CSharp("tests").SelectMany(CodeRules.NoSleepInTests));

    [Fact]
    public void PublicTypes_LiveInFilesOfTheirName() => Rule.Holds(CSharp("src").SelectMany(CodeRules.OnePublicTypePerFile));

    [Fact]
    public void Sdk_SilencesNoDocumentation() =>
        Rule.Holds(CSharp("src/Sdk").SelectMany(CodeRules.NoSilencedDocumentation));

    private static IEnumerable<SourceFile> CSharp(params string[] folders) =>
        Checkout.Files.Where(file => file.Extension == ".cs" && folders.Any(file.IsUnder));
}
