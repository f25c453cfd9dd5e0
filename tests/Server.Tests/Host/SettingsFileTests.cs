using LangSmith.Server;
using Microsoft.Extensions.Configuration;

namespace Server.Tests.Host;

/// <summary>What <c>appsettings.json</c> may hold.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("langsmith-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(""" "a.example.org;b.example.org" """)]
    [InlineData(""" ["a.example.org", "b.example.org"] """)]
    public void Settings_OfTheFile_AreNamedAsTheOptionsAre(string hosts)
    {
        var options = Read($$"""
            { "LangSmithServer": { "ApiKey": "secret", "Data": "here", "PublicUrl": "https://langsmith.example.org", "AllowedHosts": {{hosts}} } }
            """);

        Assert.Equal(("secret", "here", new Uri("https://langsmith.example.org")), (options.ApiKey, options.DataFolder, options.PublicUrl));
        Assert.Equal(["a.example.org", "b.example.org"], options.AllowedHosts);
    }

    [Fact]
    public void Settings_OfTheEnvironment_BeatTheFile()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("ApiKey", "file"), new("API_KEY", "environment"), new("PublicUrl", "https://a"), new("PUBLIC_URL", "https://b")]).Build();

        var options = ServerConfiguration.Read(configuration);

        Assert.Equal(("environment", new Uri("https://b")), (options.ApiKey, options.PublicUrl));
    }

    [Theory]
    [InlineData("""{ "LangSmithServer": { "ApiKeys": "secret" } }""", "LangSmithServer:ApiKeys")]
    [InlineData("""{ "LangSmithServer": { "PublicUrl": "https://example.org/langsmith" } }""", "without a path")]
    [InlineData("""{ "LangSmithServer": { "ApiKey": "secret" """, "appsettings.json")]
    public void File_ThatIsWrong_IsRefusedAndNamesTheFault(string json, string named)
    {
        var refused = Assert.Throws<ServerStartException>(() => Read(json));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private LangSmithServerOptions Read(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), json);
        return ServerConfiguration.Read(ServerConfiguration.Load(_folder));
    }
}
