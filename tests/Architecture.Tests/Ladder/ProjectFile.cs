using System.Xml.Linq;

namespace Architecture.Tests.Ladder;

/// <summary>A project as the ladder sees it: where it stands and what it points at.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="References">Paths of the projects it references, from the root. Analyzer references count too.</param>
/// <param name="Packages">Ids of the NuGet packages it names itself.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static ProjectFile Parse(SourceFile file)
    {
        var folder = System.IO.Path.GetDirectoryName(file.Path)!;
        var items = XDocument.Parse(file.Text).Descendants().ToArray();
        return new ProjectFile(
            file.Path,
            [.. Includes("ProjectReference").Select(include => Resolve(folder, include))],
            [.. Includes("PackageReference")]);

        IEnumerable<string> Includes(string kind) =>
            items.Where(item => item.Name.LocalName == kind).Select(item => item.Attribute("Include")?.Value).OfType<string>();
    }

    private static string Resolve(string folder, string include)
    {
        var root = System.IO.Path.GetFullPath("/");
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, folder, include.Replace('\\', '/')));
        return System.IO.Path.GetRelativePath(root, full).Replace('\\', '/');
    }
}
