namespace LangSmith.Server;

/// <summary>Keeps a data folder to one server: two writers would give the same numbers to different things.</summary>
/// <remarks>The system lets go of it when the process ends, however it ends.</remarks>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="ServerStartException">Another server has the folder, or it cannot be made or written.</exception>
    public static DataFolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new DataFolderLock(new FileStream(Path.Combine(folder, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || !Directory.Exists(folder))
        {
            throw new ServerStartException($"'{folder}' cannot be the data folder: {exception.Message} Give another one with --data.", exception);
        }
        catch (IOException exception)
        {
            throw new ServerStartException($"Another server works in '{folder}'. Stop it, or give another folder with --data.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
