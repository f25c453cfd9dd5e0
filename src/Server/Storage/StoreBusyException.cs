namespace LangSmith.Server.Storage;

/// <summary>More is waiting to be written than may wait; nothing was stored. The client should try again later.</summary>
public sealed class StoreBusyException(long bytesMax)
    : Exception($"More than {bytesMax:N0} bytes wait to be written. Try again later, or raise WriteQueueBytesMax.");
