using System.Collections.Concurrent;
using System.Security.Cryptography;
using LangSmith.Server.Storage;

namespace Server.Tests.Support.Memory;

internal sealed class MemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();

    public async Task<(string Blob, long SizeBytes)> PutAsync(Stream content, long bytesMax, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length > bytesMax)
        {
            throw new BlobTooLargeException(bytesMax);
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()));
        _blobs[name] = buffer.ToArray();
        return (name, buffer.Length);
    }

    public Task<Stream?> OpenAsync(string blob, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_blobs.TryGetValue(blob, out var bytes) ? new MemoryStream(bytes, writable: false) : null);
}
