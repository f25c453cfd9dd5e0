using System.Text.Json.Serialization;

namespace LangSmith.Sdk.Bench.Peers;

/// <summary>How runs come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PeerLoad>))]
internal enum PeerLoad
{
    /// <summary>Short ones, flushed every few hundred, so that every peer keeps up.</summary>
    Paced,

    /// <summary>Ones that end in a later batch than they begin in, a few hundred at a time: beginning and end are sent apart.</summary>
    Lasting,

    /// <summary>Short ones as fast as the caller can, one flush at the end.</summary>
    Burst,
}
