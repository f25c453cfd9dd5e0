using System.Text.Json.Serialization;

namespace LangSmith.Export;

/// <summary>What <c>GET /info</c> says about a server, as far as sending depends on it. Everything may be absent.</summary>
internal sealed record ServerInfo
{
    /// <summary>What is assumed while the server has not said: parts, no compression, no limits but our own.</summary>
    public static ServerInfo Unknown { get; } = new();

    [JsonPropertyName("version")]
    public string? Version { get; init; }

    [JsonPropertyName("batch_ingest_config")]
    public BatchIngest? BatchIngestConfig { get; init; }

    [JsonPropertyName("instance_flags")]
    public Flags? InstanceFlags { get; init; }

    [JsonIgnore]
    public bool TakesMultipart => BatchIngestConfig?.UseMultipartEndpoint ?? true;

    /// <summary>Servers take feedback as parts from 0.8.10 on (langsmith 0.11.1 for Python, 2026-11); one of unknown version may not.</summary>
    [JsonIgnore]
    public bool TakesFeedbackParts => System.Version.TryParse(Version, out var version) && version >= new Version(0, 8, 10);

    [JsonIgnore]
    public BodyEncoding Encoding =>
        InstanceFlags?.ZstdCompressionEnabled == true ? BodyEncoding.Zstd
        : InstanceFlags?.GzipBodyEnabled == true ? BodyEncoding.Gzip
        : BodyEncoding.Plain;

    internal sealed record BatchIngest
    {
        [JsonPropertyName("use_multipart_endpoint")]
        public bool? UseMultipartEndpoint { get; init; }

        [JsonPropertyName("size_limit")]
        public int? SizeLimit { get; init; }

        [JsonPropertyName("size_limit_bytes")]
        public long? SizeLimitBytes { get; init; }
    }

    internal sealed record Flags
    {
        [JsonPropertyName("zstd_compression_enabled")]
        public bool? ZstdCompressionEnabled { get; init; }

        [JsonPropertyName("gzip_body_enabled")]
        public bool? GzipBodyEnabled { get; init; }
    }
}

[JsonSerializable(typeof(ServerInfo))]
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class ServerInfoJson : JsonSerializerContext;
