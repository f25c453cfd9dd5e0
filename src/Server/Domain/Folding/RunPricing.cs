using System.Buffers;
using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Pricing;

namespace LangSmith.Server.Domain.Folding;

/// <summary>The tokens and costs of a run: what the client said, and what a price list adds.</summary>
/// <remarks>
/// Only runs of models count what their outputs say, because chains repeat the usage of the runs below them. Another run counts only what
/// its metadata states with a cost. Costs that the client gives beat the price list.
/// </remarks>
internal sealed class RunPricing
{
    private readonly PriceList _prices;
    private readonly DateTimeOffset _start;
    private readonly bool _isModelCall;
    private readonly string? _provider;
    private readonly TokenUsage? _metadataUsage;
    private readonly string? _statedModel;
    private readonly IReadOnlyList<RankedEntry> _entries;

    public RunPricing(
        PriceList prices, string runType, DateTimeOffset start, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<RankedEntry> entries)
    {
        _prices = prices;
        _start = start;
        _isModelCall = runType is RunTypes.Llm or RunTypes.Embedding;
        _provider = metadata.GetValueOrDefault("ls_provider");
        _metadataUsage = entries.LastOrDefault(entry => entry.Entry.Digest.MetadataUsage is not null).Entry?.Digest.MetadataUsage;
        _statedModel = metadata.GetValueOrDefault("ls_model_name");
        _entries = entries;
        Model = ModelAt(ModelPrice.DefaultMatchPath);
    }

    /// <summary>The model's name; null when no write names one.</summary>
    public string? Model { get; }

    public RunUsage Of(TokenUsage? outputsUsage)
    {
        var usage = _isModelCall ? _metadataUsage ?? outputsUsage : _metadataUsage is { HasCost: true } ? _metadataUsage : null;
        if (usage is null)
        {
            return RunUsage.None;
        }

        var price = _isModelCall && !usage.HasCost ? _prices.Find(ModelAt, _provider, _start) : null;
        var cost = price is null
            ? null
            : TokenCost.Of(price, usage.InputTokens ?? 0, usage.InputDetails, usage.OutputTokens ?? 0, usage.OutputDetails);
        return new RunUsage
        {
            PromptTokens = usage.InputTokens,
            CompletionTokens = usage.OutputTokens,
            TotalTokens = usage.TotalTokens ?? Sum(usage.InputTokens, usage.OutputTokens),
            PromptTokenDetails = Json(usage.InputDetails, (writer, count) => writer.WriteNumberValue(count)),
            CompletionTokenDetails = Json(usage.OutputDetails, (writer, count) => writer.WriteNumberValue(count)),
            PromptCost = usage.InputCost ?? cost?.Prompt,
            CompletionCost = usage.OutputCost ?? cost?.Completion,
            TotalCost = usage.TotalCost ?? Sum(usage.InputCost, usage.OutputCost) ?? cost?.Total,
            PromptCostDetails = Json(cost?.PromptDetails ?? usage.InputCostDetails, (writer, part) => writer.WriteNumberValue(part)),
            CompletionCostDetails = Json(cost?.CompletionDetails ?? usage.OutputCostDetails, (writer, part) => writer.WriteNumberValue(part)),
            PriceId = price?.Id,
        };
    }

    /// <summary>The model's name when the invocation's parameters are searched under these keys.</summary>
    private string? ModelAt(IReadOnlyList<string> keys) =>
        _statedModel
        ?? Last(digest => keys.Select(digest.InvocationParameters.GetValueOrDefault).FirstOrDefault(name => name is not null))
        ?? Last(digest => digest.InputsModel);

    private string? Last(Func<PayloadDigest, string?> name) =>
        _entries.Select(entry => name(entry.Entry.Digest)).LastOrDefault(found => found is not null);

    private static long? Sum(long? one, long? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    private static decimal? Sum(decimal? one, decimal? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    private static ReadOnlyMemory<byte> Json<T>(IReadOnlyDictionary<string, T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values.Count == 0)
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var (key, value) in values)
        {
            writer.WritePropertyName(key);
            write(writer, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
