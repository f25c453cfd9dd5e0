namespace Architecture.Tests;

/// <summary>The files of this repository as they lie on the disk, without what builds and tools leave there.</summary>
internal static class Checkout
{
    private static readonly HashSet<string> s_skippedFolders = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", "bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "langsmith-data",
        "screenshots",
    };

    private static readonly HashSet<string> s_binaryExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".ico", ".woff", ".woff2", ".db", ".bin", ".dict", ".zst", ".gz", ".snk", ".pb",
    };

    private static readonly Lazy<IReadOnlyList<SourceFile>> s_files = new(Read);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every text file, ordered by path; paths are relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<SourceFile> Files => s_files.Value;

    /// <summary>The C# files under <c>src/</c>.</summary>
    public static IEnumerable<SourceFile> Sources =>
        Files.Where(file => file.Extension == ".cs" && file.Path.StartsWith("src/", StringComparison.Ordinal));

    public static SourceFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

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

    private static SourceFile[] Read() =>
        [.. Walk(new DirectoryInfo(Root))
            .Where(file => !s_binaryExtensions.Contains(file.Extension))
            .Select(file => new SourceFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        // A linked worktree has a file .git that points at the real one.
        folder.EnumerateDirectories()
            .Where(child => !s_skippedFolders.Contains(child.Name))
            .SelectMany(Walk)
            .Concat(folder.EnumerateFiles().Where(file => file.Name != ".git"));
}
