using System.Text.Json.Serialization;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>What a peer says of itself after it has sent its runs.</summary>
internal sealed record PeerResult
{
    [JsonPropertyName("peer")]
    public required string Peer { get; init; }

    [JsonPropertyName("project")]
    public required string Project { get; init; }

    /// <summary>Runs recorded, those for warming up included.</summary>
    [JsonPropertyName("recorded")]
    public required int Recorded { get; init; }

    /// <summary>Runs measured.</summary>
    [JsonPropertyName("runs")]
    public required int Runs { get; init; }

    [JsonPropertyName("load")]
    public required PeerLoad Load { get; init; }

    /// <summary>The caller's time in the recording calls alone, a run.</summary>
    [JsonPropertyName("caller_microseconds")]
    public required double CallerMicroseconds { get; init; }

    /// <summary>The process's CPU time from the first run to the end of the flush, a run.</summary>
    [JsonPropertyName("cpu_microseconds")]
    public required double CpuMicroseconds { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    /// <summary>What the peer itself says it lost, and why; null when it does not tell.</summary>
    [JsonPropertyName("losses")]
    public string? Losses { get; init; }

    [JsonPropertyName("peak_megabytes")]
    public required double PeakMegabytes { get; init; }
}
