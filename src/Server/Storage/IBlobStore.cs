namespace LangSmith.Server.Storage;

/// <summary>Bytes too big for rows: attachments and oversized payloads.</summary>
/// <remarks>A blob's name is the hash of its bytes, so that the same bytes are kept once; a completed put is durable. Thread-safe.</remarks>
public interface IBlobStore
{
    /// <summary>Stores what a stream yields, without holding it in memory.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="bytesMax">The limit; a longer stream throws <see cref="BlobTooLargeException"/> and leaves nothing behind.</param>
    /// <param name="cancellationToken">Stops and leaves nothing behind.</param>
    /// <returns>The blob's name and size in bytes.</returns>
    Task<(string Blob, long SizeBytes)> PutAsync(Stream content, long bytesMax, CancellationToken cancellationToken);

    /// <summary>Opens a blob; null when there is none. The caller disposes the stream.</summary>
    Task<Stream?> OpenAsync(string blob, CancellationToken cancellationToken);
}
