using LangSmith.Server.Storage.Sqlite.Writing;

namespace LangSmith.Server.Storage.Sqlite.Blobs;

/// <summary>A file while it is received; it is gone at the end unless it is kept.</summary>
/// <remarks>What the disk refuses is told from what goes wrong with the sender: it throws <see cref="StoreUnavailableException"/>.</remarks>
internal sealed class IncomingFile : IAsyncDisposable
{
    private readonly FileStream _file;

    public IncomingFile(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            throw DiskFailure.OfBlobs(exception);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            throw DiskFailure.OfBlobs(exception);
        }
    }

    /// <summary>Makes the file durable, closes it, and has it put to its place.</summary>
    public async ValueTask KeepAsync(Action<string> keep)
    {
        try
        {
            _file.Flush(flushToDisk: true);
            await _file.DisposeAsync().ConfigureAwait(false);
            keep(_file.Name);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            throw DiskFailure.OfBlobs(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _file.DisposeAsync().ConfigureAwait(false);
            File.Delete(_file.Name);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            // It was kept, or is removed at the next start.
        }
    }

    private static bool IsOfDisk(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
