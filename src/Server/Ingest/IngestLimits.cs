namespace LangSmith.Server.Ingest;

/// <summary>Bounds on what one client may make the server hold; each is configurable under <c>Limits</c>.</summary>
public sealed record IngestLimits
{
    /// <summary>Bytes of one request body, as sent and again once decoded; the attachments count too.</summary>
    public long BodyBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes of one JSON part or field.</summary>
    public int FieldBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of one attachment.</summary>
    public long AttachmentBytesMax { get; init; } = 200L * 1024 * 1024;

    /// <summary>Parts of one multipart body.</summary>
    public int PartsMax { get; init; } = 50_000;

    /// <summary>Runs and feedback in one body.</summary>
    public int OperationsMax { get; init; } = 10_000;

    /// <summary>Nesting of JSON; a deeper value is kept as text.</summary>
    public int JsonDepthMax { get; init; } = 512;

    /// <summary>Characters of a name, a project's name, a tag or a feedback key.</summary>
    public int NameCharactersMax { get; init; } = 4_096;

    /// <summary>Attachments of one write.</summary>
    public int AttachmentsMax { get; init; } = 1_000;
}
