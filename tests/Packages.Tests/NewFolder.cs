namespace Packages.Tests;

/// <summary>A folder outside of the repository, whose settings must not reach what is built there.</summary>
internal sealed class NewFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("langsmith-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
