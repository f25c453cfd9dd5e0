namespace Packages.Tests;

/// <summary>A feed of packages in a folder, with the configuration that makes what is below it restore from there.</summary>
internal static class Feed
{
    /// <summary>Packs projects into a new feed.</summary>
    /// <returns>The folder that holds the packages.</returns>
    public static async Task<string> PackAsync(NewFolder folder, params string[] projects)
    {
        var feed = Path.Combine(folder.Path, "feed");
        foreach (var project in projects)
        {
            await Dotnet.RunAsync(Dotnet.Root, "pack", project, "-c", Dotnet.Configuration, "--no-restore", "-o", feed, "-v", "q", "--nologo");
        }

        folder.Write("nuget.config", Configuration(feed));
        return feed;
    }

    /// <summary>Nothing is asked of a network: what the packages need was restored for the solution.</summary>
    private static string Configuration(string feed)
    {
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{feed}" />
                <add key="restored" value="{restored}" />
              </packageSources>
            </configuration>
            """;
    }
}
