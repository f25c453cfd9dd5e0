namespace LangSmith.Server.Storage;

/// <summary>A blob is larger than its limit.</summary>
public sealed class BlobTooLargeException(long bytesMax)
    : Exception($"The content is larger than the limit of {bytesMax:N0} bytes.")
{
    /// <summary>The limit in bytes.</summary>
    public long BytesMax { get; } = bytesMax;
}
