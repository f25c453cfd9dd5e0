using LangSmith.Server.Api;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest;
using LangSmith.Server.Storage.Sqlite;

namespace LangSmith.Server;

/// <summary>How a server runs.</summary>
public sealed record LangSmithServerOptions
{
    /// <summary>Where it listens, several separated by semicolons; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:1984";

    /// <summary>The folder with everything it keeps; made when it is missing.</summary>
    public string DataFolder { get; init; } = "langsmith-data";

    /// <summary>The key that clients must send; null takes any key, which is refused unless every URL is on loopback.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The URL by which others reach the server, when it stands behind a proxy; null takes each request's own host.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Host names besides localhost under which a server without a key may be called; it answers no others.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Bounds on what clients send.</summary>
    public IngestLimits Limits { get; init; } = new();

    /// <summary>Further bounds of the API; its key and URL are taken from here above.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>How long runs are kept.</summary>
    public RetentionRules Retention { get; init; } = new();

    /// <summary>Bounds of the store; its folder and retention are taken from here above.</summary>
    public SqliteStoreOptions Store { get; init; } = new() { DataFolder = "" };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>True logs information to the console, false only warnings and errors.</summary>
    public bool Verbose { get; init; }
}
