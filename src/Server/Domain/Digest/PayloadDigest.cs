using System.Text.Json;

namespace LangSmith.Server.Domain.Digest;

/// <summary>What the server needs to know of a write's payloads without reading them again: small, made once, kept beside the write.</summary>
public sealed record PayloadDigest
{
    /// <summary>The digest of a write without payloads.</summary>
    public static PayloadDigest None { get; } = new();

    /// <summary>Which payloads the write gave.</summary>
    public RunPayload Given { get; init; }

    /// <summary>A short text of the inputs; null when the write gave none.</summary>
    public string? InputsPreview { get; init; }

    public string? OutputsPreview { get; init; }

    /// <summary>The scalars of <c>extra.metadata</c> as text: what can be filtered and threads are made of. Null values are absent.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The scalars of <c>extra.invocation_params</c> that are strings: where a model may be named.</summary>
    public IReadOnlyDictionary<string, string> InvocationParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The model as the inputs name it.</summary>
    public string? InputsModel { get; init; }

    /// <summary><c>extra.metadata.usage_metadata</c>.</summary>
    public TokenUsage? MetadataUsage { get; init; }

    /// <summary>The usage that the outputs report.</summary>
    public TokenUsage? OutputsUsage { get; init; }

    /// <summary>When the first <c>new_token</c> event was.</summary>
    public DateTimeOffset? FirstTokenTime { get; init; }

    /// <summary>Reads a write's payloads; a payload that is no JSON is given but says nothing.</summary>
    public static PayloadDigest Of(RunWrite write)
    {
        var given = GivenBy(write);
        if (given == RunPayload.None)
        {
            return None;
        }

        using var inputs = Open(write.Inputs);
        using var outputs = Open(write.Outputs);
        using var extra = Open(write.Extra);
        using var events = Open(write.Events);
        return new PayloadDigest
        {
            Given = given,
            InputsPreview = inputs is null ? null : Preview.OfInputs(inputs.RootElement),
            OutputsPreview = outputs is null ? null : Preview.OfOutputs(outputs.RootElement),
            Metadata = ExtraReader.Metadata(extra),
            InvocationParameters = ExtraReader.InvocationParameters(extra),
            InputsModel = inputs is null ? null : ExtraReader.ModelOf(inputs.RootElement),
            MetadataUsage = UsageReader.OfMetadata(extra),
            OutputsUsage = outputs is null ? null : UsageReader.OfOutputs(outputs.RootElement),
            FirstTokenTime = FirstToken(events),
        };
    }

    private static RunPayload GivenBy(RunWrite write) =>
        (write.Inputs.IsEmpty ? RunPayload.None : RunPayload.Inputs)
        | (write.Outputs.IsEmpty ? RunPayload.None : RunPayload.Outputs)
        | (write.Extra.IsEmpty ? RunPayload.None : RunPayload.Extra)
        | (write.Events.IsEmpty ? RunPayload.None : RunPayload.Events)
        | (write.Serialized.IsEmpty ? RunPayload.None : RunPayload.Serialized);

    private static JsonDocument? Open(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DigestLimits.DepthMax });
        }
        catch (JsonException)
        {
            // Deeper than anything a digest reads: the payload is kept as it is and has no digest.
            return null;
        }
    }

    private static DateTimeOffset? FirstToken(JsonDocument? events)
    {
        if (events?.RootElement is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals("new_token")
                && item.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.String
                && WireTime.TryParse(time.GetString(), out var at))
            {
                return at;
            }
        }

        return null;
    }
}
