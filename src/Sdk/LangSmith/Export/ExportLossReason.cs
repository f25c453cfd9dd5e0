namespace LangSmith.Export;

/// <summary>Why an entry was not delivered.</summary>
public enum ExportLossReason
{
    /// <summary>Dropped: the queue's bound of bytes was reached.</summary>
    QueueBytes,

    /// <summary>Dropped: the queue's bound of entries was reached.</summary>
    QueueCount,

    /// <summary>Dropped: the exporter was disposed of before.</summary>
    Disposed,

    /// <summary>Dropped: the server could not be reached, or failed, for as long as the options allow.</summary>
    ServerUnavailable,

    /// <summary>Dropped: the server asked to slow down for as long as the options allow.</summary>
    RateLimited,

    /// <summary>Dropped: the time to shut down was over.</summary>
    ShutdownDeadline,

    /// <summary>Dropped: it could not be delivered, and the folder for such entries is full or cannot be written.</summary>
    SpillFailed,

    /// <summary>Dropped: it could not be written as a request; a defect of this library.</summary>
    Unencodable,

    /// <summary>Rejected: no key, or one that the server does not know (401).</summary>
    Unauthorized,

    /// <summary>Rejected: the key may not do this (403).</summary>
    Forbidden,

    /// <summary>Rejected: the endpoint is none of LangSmith's (404, 405, or a redirect).</summary>
    NotFound,

    /// <summary>Rejected: larger than the server takes (413).</summary>
    TooLarge,

    /// <summary>Rejected: the server finds it invalid (400, 422).</summary>
    Invalid,

    /// <summary>Rejected: any other answer that a repetition would not change.</summary>
    OtherStatus,
}
