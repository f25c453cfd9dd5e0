namespace LangSmith.Protocol;

/// <summary>Sizes that clients and servers of LangSmith keep to, as hosted LangSmith advertises them (2026-11).</summary>
public static class WireLimits
{
    /// <summary>Bytes of one ingestion body before compression: 20 MiB.</summary>
    public const int BatchBytesMax = 20 * 1024 * 1024;

    /// <summary>Operations in one ingestion body.</summary>
    public const int BatchOperationsMax = 100;

    /// <summary>Rows of one page of a list.</summary>
    public const int PageSizeMax = 100;
}
