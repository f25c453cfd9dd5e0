using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Architecture.Tests.Tidy;

/// <summary>What every package of the SDK owes its users: documented members and a public surface that changes under review only.</summary>
public sealed partial class SdkProjectTests
{
    [Fact]
    public void Documentation_OfTheSdk_IsCompulsory()
    {
        var everywhere = XDocument.Parse(Checkout.Find("Directory.Build.props")!.Text);
        Assert.Equal("true", everywhere.Descendants("GenerateDocumentationFile").Single().Value);
        Assert.Equal("true", everywhere.Descendants("TreatWarningsAsErrors").Single().Value);

        Rule.Holds(
            Checkout.Files
                .Where(file => file.Path is "eng/Sdk.props" or "eng/Sdk.targets" or "Directory.Build.props" or ".editorconfig"
                    || (file.IsUnder("src/Sdk") && file.Extension == ".csproj" && IsPackable(file)))
                .SelectMany(SilencedDocumentation));
    }

    [Fact]
    public void PublicSurface_OfEachPackage_IsUnderReview() =>
        Rule.Holds(
            from project in Checkout.Files
            where (project.IsUnder("src/Sdk") || project.IsUnder("src/Protocol")) && project.Extension == ".csproj" && IsPackable(project)
            from name in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }
            let path = $"{Path.GetDirectoryName(project.Path)!.Replace('\\', '/')}/{name}"
            where Checkout.Find(path) is null
            select $"{path}: missing. The public surface of a package is text under review.");

    [Fact]
    public void Description_OfEachPackage_SaysThatWeAreIndependent() =>
        Rule.Holds(
            from project in Checkout.Files
            where (project.IsUnder("src/Sdk") || project.IsUnder("src/Protocol")) && project.Extension == ".csproj" && IsPackable(project)
            where !project.Text.Contains("Independent of LangChain, Inc.", StringComparison.Ordinal)
            select $"{project.Path}: its <Description> must end with: Independent of LangChain, Inc.");

    [Theory]
    [InlineData("eng/Sdk.props", "<Project><PropertyGroup><NoWarn>$(NoWarn);CS1591</NoWarn></PropertyGroup></Project>")]
    [InlineData("src/Sdk/LangSmith/L.csproj", "<GenerateDocumentationFile> false </GenerateDocumentationFile>")]
    [InlineData(".editorconfig", "dotnet_diagnostic.CS1591.severity = none")]
    public void SilencedDocumentation_FileThatSilences_IsAViolation(string path, string text) =>
        Assert.Single(SilencedDocumentation(new SourceFile(path, text)));

    private static IEnumerable<string> SilencedDocumentation(SourceFile file)
    {
        if (file.Text.Contains("1591", StringComparison.Ordinal) || NoDocumentation().IsMatch(file.Text))
        {
            yield return $"{file.Path}: must not switch off CS1591 or the documentation file.";
        }
    }

    private static bool IsPackable(SourceFile project) => !project.Text.Contains("<IsPackable>false", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("<GenerateDocumentationFile>\\s*false", RegexOptions.IgnoreCase)]
    private static partial Regex NoDocumentation();
}
