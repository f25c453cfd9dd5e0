namespace LangSmith.Server.Domain.Folding;

/// <summary>A run as its writes make it, with the places where its payloads are.</summary>
public sealed record FoldedRun
{
    /// <summary>The run without payloads.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>The values of the metadata as text: what can be filtered.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The model's name; null when no write named one.</summary>
    public string? Model => Record.Model;

    /// <summary>The sequence of the write whose inputs stand; null when none gave any.</summary>
    public long? InputsFrom { get; init; }

    public long? OutputsFrom { get; init; }

    public long? EventsFrom { get; init; }

    public long? SerializedFrom { get; init; }

    /// <summary>The sequences of the writes that gave <c>extra</c>, weakest first: <see cref="ExtraMerge"/> makes one of them.</summary>
    public IReadOnlyList<long> ExtraFrom { get; init; } = [];
}
