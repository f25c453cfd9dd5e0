namespace Architecture.Tests.Ladder;

public sealed class LadderTests
{
    [Fact]
    public void Projects_OfThisRepository_KeepToTheLadder() =>
        Rule.Holds(LadderRules.Violations(Checkout.Files.Where(file => file.Extension == ".csproj").Select(ProjectFile.Parse)));

    [Fact]
    public void Projects_OfThisRepository_AreAllInTheSolution()
    {
        var solution = Checkout.Find("LangSmith.slnx")!.Text;
        Rule.Holds(
            Checkout.Files
                .Where(file => file.Extension == ".csproj" && !file.IsUnder("bench"))
                .Where(file => !solution.Contains($"\"{file.Path}\"", StringComparison.Ordinal))
                .Select(file => $"{file.Path}: not in LangSmith.slnx, so nothing builds it. Run: dotnet sln add {file.Path}"));
    }

    [Theory]
    [InlineData("src/Server/Host/LangSmith.Server.Host.csproj", "../Storage.Sqlite/LangSmith.Server.Storage.Sqlite.csproj")]
    [InlineData("src/Server/Api/LangSmith.Server.Api.csproj", "../Explore/LangSmith.Server.Explore.csproj")]
    [InlineData("src/Server/Domain/LangSmith.Server.Domain.csproj", "../../Protocol/LangSmith.Protocol.csproj")]
    [InlineData("src/Sdk/LangSmith.AspNetCore/LangSmith.AspNetCore.csproj", "..\\LangSmith\\LangSmith.Sdk.csproj")]
    [InlineData("tests/Clients.Tests/Clients.Tests.csproj", "../../src/Server/Host/LangSmith.Server.Host.csproj")]
    public void Violations_ArrowThatDescends_None(string from, string to) => Assert.Empty(Violations(from, to));

    [Theory]
    [InlineData("src/Server/Storage/S.csproj", "../Explore/E.csproj", "climbs from floor 3 to 4")]
    [InlineData("src/Server/Api/A.csproj", "../Web/W.csproj", "crosses floor 5")]
    [InlineData("src/Server/Api/A.csproj", "../Storage.Sqlite/E.csproj", "only Host names an engine")]
    [InlineData("src/Server/Storage.ClickHouse/A.csproj", "../Storage.Sqlite/E.csproj", "only Host names an engine")]
    [InlineData("src/Sdk/LangSmith/L.csproj", "../../Server/Domain/D.csproj", "the wings never meet")]
    [InlineData("src/Server/Host/H.csproj", "../../Sdk/LangSmith/L.csproj", "the wings never meet")]
    [InlineData("src/Protocol/P.csproj", "../Server/Domain/D.csproj", "the cellar stands on nothing")]
    [InlineData("src/Server/Api/A.csproj", "../../../tests/Server.Tests/T.csproj", "floors of the house only")]
    [InlineData("src/Common/C.csproj", "../Protocol/P.csproj", "stands on no floor")]
    public void Violations_ArrowThatClimbsOrCrosses_NamesFileAndRule(string from, string to, string rule)
    {
        var violation = Assert.Single(Violations(from, to));
        Assert.StartsWith(from, violation, StringComparison.Ordinal);
        Assert.Contains(rule, violation, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_PackageInTheCellar_IsNamed()
    {
        var project = new ProjectFile("src/Protocol/P.csproj", [], ["System.IO.Hashing", "Newtonsoft.Json"]);
        Assert.Contains("Newtonsoft.Json", Assert.Single(LadderRules.Violations([project])), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Violations(string from, string to) =>
        LadderRules.Violations([ProjectFile.Parse(new SourceFile(
            from,
            $"""<Project><ItemGroup><ProjectReference Include="{to}" /></ItemGroup></Project>"""))]);
}
