namespace LangSmith.Export;

/// <summary>How a body is compressed.</summary>
internal enum BodyEncoding
{
    /// <summary>Not at all.</summary>
    Plain,

    /// <summary>By gzip, at its fastest.</summary>
    Gzip,

    /// <summary>By zstd at level 1: a third of the time of gzip, and smaller.</summary>
    Zstd,
}
