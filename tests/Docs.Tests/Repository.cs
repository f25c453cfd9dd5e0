namespace Docs.Tests;

/// <summary>Where this repository lies on the disk.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Pages with C# in a folder, as paths in the repository.</summary>
    public static IEnumerable<string> PagesIn(string folder) => Directory.GetFiles(Path.Combine(Root, folder), "*.md")
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(page => Snippet.Read(page).Any())
        .Order(StringComparer.Ordinal);

    /// <summary>What packages say of themselves, where there is C# in it.</summary>
    public static IEnumerable<string> PackagePages => Directory.GetDirectories(Path.Combine(Root, "src", "Sdk"))
        .Append(Path.Combine(Root, "src", "Protocol"))
        .SelectMany(PagesIn);

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
