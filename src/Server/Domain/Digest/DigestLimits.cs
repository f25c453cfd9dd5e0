namespace LangSmith.Server.Domain.Digest;

/// <summary>Bounds of what a digest keeps, so that a hostile payload cannot make it large.</summary>
public static class DigestLimits
{
    /// <summary>Levels of JSON that are read.</summary>
    public const int DepthMax = 128;

    /// <summary>Characters of a preview.</summary>
    public const int PreviewLengthMax = 500;

    /// <summary>Keys of metadata that can be filtered, LangSmith's documented bound.</summary>
    public const int MetadataKeysMax = 100;

    /// <summary>Characters of a metadata value that can be filtered, LangSmith's documented bound; of longer ones the beginning.</summary>
    public const int MetadataValueLengthMax = 250;
}
