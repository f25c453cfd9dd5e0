namespace LangSmith.Protocol;

/// <summary>The kinds of parts in a multipart ingestion body.</summary>
public enum MultipartPartKind
{
    /// <summary>A run is created.</summary>
    Post,

    /// <summary>A run is updated.</summary>
    Patch,

    /// <summary>A file of a run.</summary>
    Attachment,

    /// <summary>Feedback.</summary>
    Feedback,
}
