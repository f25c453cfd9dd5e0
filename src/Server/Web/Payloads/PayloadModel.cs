using System.Text.Json;

namespace LangSmith.Server.Web.Payloads;

/// <summary>Inputs or outputs in the form that suits them best: messages, documents, a text, or a tree.</summary>
public sealed record PayloadModel
{
    /// <summary>Bigger payloads are not turned into a page.</summary>
    private const int BytesMax = 4_000_000;

    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    public IReadOnlyList<RetrievedDocument>? Documents { get; init; }

    /// <summary>The only text there is, with the name it has.</summary>
    public (string Name, string Text)? Text { get; init; }

    public JsonItem? Tree { get; init; }

    public long SizeBytes { get; init; }

    public bool IsTooBig => SizeBytes > BytesMax;

    /// <summary>Reads a payload; null when there is none.</summary>
    public static PayloadModel? Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        if (json.Length > BytesMax)
        {
            return new PayloadModel { SizeBytes = json.Length };
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        var root = document.RootElement;
        var found = new PayloadModel { SizeBytes = json.Length };
        if (ChatMessageReader.Find(root) is { } messages)
        {
            return found with { Messages = messages, Tree = JsonItem.Of(root) };
        }

        if (RetrievedDocument.Find(root) is { } documents)
        {
            return found with { Documents = documents, Tree = JsonItem.Of(root) };
        }

        return OnlyText(root) is { } text ? found with { Text = text } : found with { Tree = JsonItem.Of(root) };
    }

    /// <summary>Without the messages that it repeats from the inputs: graphs return their whole state.</summary>
    public PayloadModel After(PayloadModel? inputs)
    {
        if (Messages is not { } all || inputs?.Messages is not { Count: > 0 } before || all.Count <= before.Count)
        {
            return this;
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].Role != all[i].Role || !before[i].Parts.SequenceEqual(all[i].Parts))
            {
                return this;
            }
        }

        return this with { Messages = [.. all.Skip(before.Count)] };
    }

    private static (string, string)? OnlyText(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.String)
        {
            return ("", JsonText.String(root));
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        (string, string)? only = null;
        foreach (var property in root.EnumerateObject())
        {
            if (only is not null || property.Value.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            only = (property.Name, JsonText.String(property.Value));
        }

        return only;
    }
}
