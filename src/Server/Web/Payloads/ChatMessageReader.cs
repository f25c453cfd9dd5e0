using System.Text.Json;
using LangSmith.Server.Domain.Texts;

namespace LangSmith.Server.Web.Payloads;

/// <summary>Reads messages in the forms of LangChain, OpenAI, Anthropic and Microsoft.Extensions.AI.</summary>
internal static class ChatMessageReader
{
    private const int MessagesMax = 200;

    /// <summary>The messages in a run's inputs or outputs; null when there are none.</summary>
    public static IReadOnlyList<ChatMessage>? Find(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (string[])["messages", "input", "output", "message", "generations", "choices", "content"])
            {
                if (root.TryGetProperty(name, out var value) && List(value) is { } found)
                {
                    return found;
                }
            }

            return Single(root) is { } message ? [message] : null;
        }

        return List(root);
    }

    private static IReadOnlyList<ChatMessage>? List(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.TryGetProperty("messages", out var inner) ? List(inner) : Single(value) is { } only ? [only] : null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            return null;
        }

        var first = value[0];
        if (first.ValueKind == JsonValueKind.Array && Single(first) is null)
        {
            // LangChain sends a batch of conversations; the run is about the first.
            return List(first);
        }

        var messages = new List<ChatMessage>();
        foreach (var element in value.EnumerateArray().Take(MessagesMax))
        {
            if (Single(element) is not { } message)
            {
                return null;
            }

            messages.Add(message);
        }

        return messages;
    }

    private static ChatMessage? Single(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.GetArrayLength() == 2 && element[0].ValueKind == JsonValueKind.String && element[1].ValueKind == JsonValueKind.String
                && Role(JsonText.String(element[0])) is { } pair ? new ChatMessage { Role = pair, Parts = Parts(element[1]) } : null;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // A generation, a choice and an envelope hold the message inside.
        foreach (var name in (string[])["message", "kwargs", "data"])
        {
            if (element.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object)
            {
                var read = Single(inner) ?? (name == "kwargs" && inner.TryGetProperty("content", out _) ? Build(inner, RoleOfClass(element)) : null)
                    ?? (name == "data" && Text(element, "type") is { } kind && Role(kind) is { } known ? Build(inner, known) : null);
                if (read is not null)
                {
                    return read;
                }
            }
        }

        var role = Role(Text(element, "role") ?? Text(element, "type") ?? Text(Author(element), "role"));
        return role is null || !(element.TryGetProperty("content", out _) || element.TryGetProperty("contents", out _) || element.TryGetProperty("parts", out _)
            || element.TryGetProperty("tool_calls", out _)) ? null : Build(element, role);
    }

    private static JsonElement Author(JsonElement element) => element.TryGetProperty("author", out var author) ? author : default;

    private static ChatMessage Build(JsonElement element, string role)
    {
        var parts = new List<ChatPart>();
        foreach (var name in (string[])["content", "contents", "parts"])
        {
            if (element.TryGetProperty(name, out var content))
            {
                parts.AddRange(Parts(content));
            }
        }

        // Anthropic's calls are among the parts and repeated by LangChain.
        if (!parts.OfType<ChatPart.ToolCall>().Any() && Calls(element) is { ValueKind: JsonValueKind.Array } calls)
        {
            parts.AddRange(calls.EnumerateArray().Select(Call));
        }

        return new ChatMessage { Role = role, Name = Text(element, "name"), Parts = parts };
    }

    private static JsonElement Calls(JsonElement element) =>
        element.TryGetProperty("tool_calls", out var calls) ? calls
        : element.TryGetProperty("additional_kwargs", out var more) && more.ValueKind == JsonValueKind.Object
            && more.TryGetProperty("tool_calls", out var old) ? old
        : default;

    private static List<ChatPart> Parts(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => JsonText.String(content) is { Length: > 0 } text ? [new ChatPart.Text(text)] : [],
        JsonValueKind.Array => [.. content.EnumerateArray().Take(MessagesMax).Select(Part)],
        JsonValueKind.Object => [Part(content)],
        _ => [],
    };

    private static ChatPart Part(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
        {
            return new ChatPart.Text(JsonText.String(part));
        }

        if (part.ValueKind != JsonValueKind.Object)
        {
            return new ChatPart.Other(JsonItem.Of(part));
        }

        var type = Text(part, "type") ?? Text(part, "$type");
        return type switch
        {
            "thinking" or "reasoning" when (Text(part, "thinking") ?? Text(part, "text") ?? Text(part, "content")) is { } thought =>
                new ChatPart.Thought(thought),
            "tool_use" or "tool_call" or "functionCall" => Call(part),
            "image" or "image_url" or "input_image" or "uri" or "data" when Picture(part) is { } address => Shown(address),
            "tool_result" when part.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String =>
                new ChatPart.Text(JsonText.String(content)),
            "tool_result" or "tool_call_response" or "functionResult" => new ChatPart.Other(JsonItem.Of(part)),
            _ when (Text(part, "text") ?? (type is "text" ? Text(part, "content") : null)) is { } text => new ChatPart.Text(text),
            _ => new ChatPart.Other(JsonItem.Of(part)),
        };
    }

    private static ChatPart Shown(string address) =>
        address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("data:image/svg", StringComparison.OrdinalIgnoreCase)
            ? new ChatPart.Picture(address)
            : new ChatPart.Remote(address);

    private static string? Picture(JsonElement part)
    {
        if (part.TryGetProperty("image_url", out var url))
        {
            return url.ValueKind == JsonValueKind.String ? JsonText.String(url) : Text(url, "url");
        }

        if (part.TryGetProperty("source", out var source) && Text(source, "data") is { } data)
        {
            return $"data:{Text(source, "media_type") ?? "image/png"};base64,{data}";
        }

        return Text(part, "uri") ?? Text(part, "url")
            ?? (Text(part, "data") is { } inline ? $"data:{Text(part, "mime_type") ?? "image/png"};base64,{inline}" : null);
    }

    private static ChatPart Call(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object)
        {
            return new ChatPart.Other(JsonItem.Of(call));
        }

        var function = call.TryGetProperty("function", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : call;
        foreach (var name in (string[])["args", "arguments", "input"])
        {
            if (function.TryGetProperty(name, out var arguments))
            {
                return new ChatPart.ToolCall(Text(function, "name") ?? "tool", Text(call, "id") ?? Text(call, "callId"), Arguments(arguments));
            }
        }

        return new ChatPart.ToolCall(Text(function, "name") ?? "tool", Text(call, "id"), JsonItem.Of(call));
    }

    /// <summary>OpenAI writes the arguments as JSON inside a string.</summary>
    private static JsonItem Arguments(JsonElement arguments)
    {
        if (arguments.ValueKind == JsonValueKind.String)
        {
            try
            {
                using var document = JsonDocument.Parse(SurrogatePairs.Mend(JsonText.String(arguments)), JsonText.Options);
                return JsonItem.Of(document.RootElement);
            }
            catch (JsonException)
            {
                // A call that is still being streamed, or was cut off: its text is what there is.
            }
        }

        return JsonItem.Of(arguments);
    }

    private static string? Role(string? text) => text?.ToLowerInvariant() switch
    {
        "human" or "user" or "humanmessage" or "humanmessagechunk" => "human",
        "ai" or "assistant" or "model" or "aimessage" or "aimessagechunk" => "ai",
        "system" or "systemmessage" => "system",
        "developer" => "developer",
        "tool" or "function" or "toolmessage" or "functionmessage" => "tool",
        _ => null,
    };

    private static string RoleOfClass(JsonElement constructor) =>
        constructor.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Array && id.GetArrayLength() > 0
            ? Role(id[id.GetArrayLength() - 1].ToString()) ?? "message"
            : "message";

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? JsonText.String(value)
            : null;
}
