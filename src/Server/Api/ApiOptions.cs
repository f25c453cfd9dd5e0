namespace LangSmith.Server.Api;

/// <summary>How the API presents itself.</summary>
public sealed record ApiOptions
{
    /// <summary>The key that clients must send; null takes any key, which only a server on loopback may do.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Bytes of a JSON body that is not an ingestion body.</summary>
    public int JsonBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>Ingestion requests that are read at once; more wait.</summary>
    public int IngestionsAtOnceMax { get; init; } = 64;

    /// <summary>Ingestion requests that wait; more are answered with 503 and <c>Retry-After</c>.</summary>
    public int IngestionsWaitingMax { get; init; } = 512;

    /// <summary>How long a link to an attachment works.</summary>
    public TimeSpan AttachmentLinkLifetime { get; init; } = TimeSpan.FromHours(6);
}
