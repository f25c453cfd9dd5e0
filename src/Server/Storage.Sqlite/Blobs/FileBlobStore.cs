using System.Buffers;
using System.Security.Cryptography;

namespace LangSmith.Server.Storage.Sqlite.Blobs;

/// <summary>Blobs as files, named by the hash of their bytes, two levels deep.</summary>
internal sealed class FileBlobStore : IBlobStore
{
    private const int BufferLength = 128 * 1024;

    private readonly string _folder;
    private readonly string _incoming;
    private readonly TimeProvider _time;

    // Held while a file is kept or removed: one that somebody just sent again must not vanish.
    private readonly Lock _keeping = new();

    public FileBlobStore(string folder, TimeProvider time)
    {
        _time = time;
        _folder = folder;
        _incoming = Path.Combine(folder, "incoming");
        Directory.CreateDirectory(_incoming);
        foreach (var leftOver in Directory.EnumerateFiles(_incoming))
        {
            File.Delete(leftOver);
        }
    }

    public async Task<(string Blob, long SizeBytes)> PutAsync(Stream content, long bytesMax, CancellationToken cancellationToken)
    {
        await using var file = new IncomingFile(Path.Combine(_incoming, Uuid7.NewGuid().ToString("N")));
        var (name, size) = await ReceiveAsync(content, file, bytesMax, cancellationToken).ConfigureAwait(false);
        // Durable before the run that names it is.
        await file.KeepAsync(path => Keep(path, PathOf(name))).ConfigureAwait(false);
        return (name, size);
    }

    public Task<Stream?> OpenAsync(string blob, CancellationToken cancellationToken)
    {
        if (!IsName(blob) || !File.Exists(PathOf(blob)))
        {
            return Task.FromResult<Stream?>(null);
        }

        return Task.FromResult<Stream?>(
            new FileStream(PathOf(blob), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.Asynchronous));
    }

    /// <summary>Reads a blob whole; for payloads, which were whole in memory when they came.</summary>
    public byte[] ReadAll(string blob) => File.ReadAllBytes(PathOf(blob));

    /// <summary>Removes a file that nobody received again since a time; false when somebody did.</summary>
    public bool TryDelete(string blob, DateTimeOffset unusedSince)
    {
        lock (_keeping)
        {
            var path = PathOf(blob);
            if (File.Exists(path) && File.GetLastWriteTimeUtc(path) > unusedSince.UtcDateTime)
            {
                return false;
            }

            File.Delete(path);
            return true;
        }
    }

    /// <summary>Copies all files into another folder of the same form.</summary>
    public void CopyTo(string folder, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(path => IsName(Path.GetFileName(path))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = Path.Combine(folder, Path.GetRelativePath(_folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy, overwrite: true);
        }
    }

    private void Keep(string temporary, string path)
    {
        lock (_keeping)
        {
            if (File.Exists(path))
            {
                File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
            }
            else
            {
                File.SetLastWriteTimeUtc(temporary, _time.GetUtcNow().UtcDateTime);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(temporary, path);
            }
        }
    }

    private static async Task<(string Name, long Size)> ReceiveAsync(Stream content, IncomingFile file, long bytesMax, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            long size = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                size += read;
                if (size > bytesMax)
                {
                    throw new BlobTooLargeException(bytesMax);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsName(string blob) => blob.Length == 64 && blob.All(char.IsAsciiHexDigitLower);

    private string PathOf(string blob) => Path.Combine(_folder, blob[..2], blob[2..4], blob);
}
