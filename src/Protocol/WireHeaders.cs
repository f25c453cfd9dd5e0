namespace LangSmith.Protocol;

/// <summary>The names of HTTP headers, in lower case.</summary>
public static class WireHeaders
{
    /// <summary>Carries the API key.</summary>
    public const string ApiKey = "x-api-key";

    /// <summary>Chooses the workspace.</summary>
    public const string TenantId = "x-tenant-id";

    /// <summary>Carries the dotted order of the parent run to another process.</summary>
    public const string Trace = "langsmith-trace";

    /// <summary>W3C baggage; LangSmith's items in it are <c>langsmith-metadata</c>, <c>langsmith-tags</c> and <c>langsmith-project</c>.</summary>
    public const string Baggage = "baggage";

    /// <summary>Names the project of an OTLP request.</summary>
    public const string Project = "langsmith-project";
}
