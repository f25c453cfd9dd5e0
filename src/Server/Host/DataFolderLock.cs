namespace LangSmith.Server;

/// <summary>Keeps a data folder to one server: two writers would give the same numbers to different things.</summary>
/// <remarks>The system lets go of it when the process ends, however it ends.</remarks>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="ServerStartException">Another server has the folder.</exception>
    public static DataFolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new DataFolderLock(new FileStream(Path.Combine(folder, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new ServerStartException($"Another server works in '{folder}'. Stop it, or give another folder with --data.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
