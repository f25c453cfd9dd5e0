using System.Collections.Frozen;
using System.Text.Json;

namespace LangSmith.Server.Domain.Digest;

/// <summary>Makes the short text that lists show for a payload.</summary>
/// <remarks>The last message of the right role when the payload is a chat, else the first text in it, else its JSON; white space is folded.</remarks>
public static class Preview
{
    private const int DepthMax = 6;

    private static readonly FrozenSet<string> s_notText = FrozenSet.ToFrozenSet(
        ["type", "role", "id", "model", "object", "url", "image_url", "source", "data", "file", "input_audio"], StringComparer.Ordinal);

    public static string OfInputs(JsonElement inputs) => Of(inputs, preferred: "user");

    public static string OfOutputs(JsonElement outputs) => Of(outputs, preferred: null);

    private static string Of(JsonElement payload, string? preferred)
    {
        var text = Messages(payload) is { } messages ? LastMessage(messages, preferred) : null;
        return Fold(text ?? FirstText(payload, 0) ?? (IsEmpty(payload) ? "" : payload.GetRawText()));
    }

    private static bool IsEmpty(JsonElement payload) =>
        payload.ValueKind is JsonValueKind.Null || (payload.ValueKind == JsonValueKind.Object && !payload.EnumerateObject().Any());

    private static JsonElement? Messages(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty("messages", out var messages)
            || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            return null;
        }

        // LangChain nests batches of messages.
        return messages[0].ValueKind == JsonValueKind.Array ? messages[0] : messages;
    }

    private static string? LastMessage(JsonElement messages, string? preferred)
    {
        string? last = null;
        string? lastPreferred = null;
        foreach (var message in messages.EnumerateArray())
        {
            if (ContentOf(message) is { Length: > 0 } text)
            {
                last = text;
                lastPreferred = preferred is not null && RoleOf(message) is "user" or "human" ? text : lastPreferred;
            }
        }

        return lastPreferred ?? last;
    }

    private static string? RoleOf(JsonElement message)
    {
        foreach (var name in (ReadOnlySpan<string>)["role", "type"])
        {
            if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var role) && role.ValueKind == JsonValueKind.String)
            {
                var text = role.GetString();
                if (text is not "constructor")
                {
                    return text;
                }
            }
        }

        // LangChain's serialised form names the class last: ["langchain_core", "messages", "HumanMessage"].
        return message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out var path) && path.ValueKind == JsonValueKind.Array
            && path.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.String } last
            && last.GetString()!.StartsWith("Human", StringComparison.Ordinal)
            ? "human"
            : null;
    }

    private static string? ContentOf(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        }

        var holder = ExtraReader.ObjectIn(message, "kwargs") ?? ExtraReader.ObjectIn(message, "data") ?? message;
        return holder.TryGetProperty("content", out var content) || holder.TryGetProperty("parts", out content) ? FirstText(content, 0) : null;
    }

    private static string? FirstText(JsonElement value, int depth)
    {
        if (depth > DepthMax)
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (FirstText(item, depth + 1) is { Length: > 0 } text)
                    {
                        return text;
                    }
                }

                return null;
            case JsonValueKind.Object:
                return FirstTextOf(value, depth);
            default:
                return null;
        }
    }

    private static string? FirstTextOf(JsonElement value, int depth)
    {
        // In content parts the text matters, not the name of the part's type, which stands before it.
        foreach (var name in (ReadOnlySpan<string>)["text", "content", "output", "input", "question", "answer"])
        {
            if (value.TryGetProperty(name, out var known) && FirstText(known, depth + 1) is { Length: > 0 } text)
            {
                return text;
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!s_notText.Contains(property.Name) && FirstText(property.Value, depth + 1) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string Fold(string text)
    {
        Span<char> folded = stackalloc char[DigestLimits.PreviewLengthMax];
        var length = 0;
        var space = false;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                space = length > 0;
                continue;
            }

            if (length + (space ? 2 : 1) > folded.Length)
            {
                break;
            }

            if (space)
            {
                folded[length++] = ' ';
                space = false;
            }

            folded[length++] = character;
        }

        // A pair of surrogates is one character: half of one is none.
        return length > 0 && char.IsHighSurrogate(folded[length - 1]) ? new string(folded[..(length - 1)]) : new string(folded[..length]);
    }
}
