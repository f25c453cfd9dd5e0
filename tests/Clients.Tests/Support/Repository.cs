namespace Clients.Tests.Support;

/// <summary>Where this repository lies on the disk.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LangSmith.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No LangSmith.slnx above {AppContext.BaseDirectory}.");
    }
}
