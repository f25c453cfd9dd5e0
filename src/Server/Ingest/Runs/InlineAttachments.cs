using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Json;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Takes attachments out of a run's JSON, where <c>POST /runs</c> and JSON batches put them: <c>{name: [type, bytes]}</c>.</summary>
/// <remarks>Bytes are base64 (Python), <c>{"0": 1, "1": 2}</c> or <c>{"type": "Buffer", "data": [...]}</c> (JavaScript).</remarks>
internal static class InlineAttachments
{
    /// <summary>Stores the attachments of a draft and hangs them on it; a form that is none of the known ones stays an unknown field.</summary>
    public static async Task StoreAsync(RunDraft draft, IBlobStore blobs, IngestLimits limits, CancellationToken cancellationToken)
    {
        if (!draft.Fields.TryGetValue(RunField.Attachments, out var json))
        {
            return;
        }

        using var document = LenientJson.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value is not { ValueKind: JsonValueKind.Array } pair || pair.GetArrayLength() != 2 || Bytes(pair[1]) is not { } bytes)
            {
                draft.Refuse($"Attachment '{property.Name}' is not [type, base64].");
                return;
            }

            if (bytes.Length > limits.AttachmentBytesMax)
            {
                draft.Refuse(
                    $"Attachment '{property.Name}' has {bytes.Length:N0} bytes; the limit AttachmentBytesMax is {limits.AttachmentBytesMax:N0}.",
                    limitExceeded: true);
                return;
            }

            using var content = new MemoryStream(bytes, writable: false);
            var (blob, size) = await blobs.PutAsync(content, limits.AttachmentBytesMax, cancellationToken);
            draft.Attachments.Add(new RunAttachment(property.Name, LenientJson.Text(pair[0]), blob, size));
        }

        draft.Take(RunField.Attachments);
    }

    private static byte[]? Bytes(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => FromBase64(element),
        JsonValueKind.Array => FromNumbers(element.EnumerateArray()),
        JsonValueKind.Object when element.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array =>
            FromNumbers(data.EnumerateArray()),
        JsonValueKind.Object => FromNumbers(element.EnumerateObject().Select(p => p.Value)),
        _ => null,
    };

    private static byte[]? FromBase64(JsonElement element)
    {
        var text = LenientJson.Text(element);
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }

    private static byte[]? FromNumbers(IEnumerable<JsonElement> numbers)
    {
        var bytes = new List<byte>();
        foreach (var number in numbers)
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetByte(out var value))
            {
                return null;
            }

            bytes.Add(value);
        }

        return [.. bytes];
    }
}
