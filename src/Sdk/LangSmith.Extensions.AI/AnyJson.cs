using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes values of unknown types; one that cannot be written becomes a text that says so.</summary>
internal static class AnyJson
{
    // The AI library's own options: the same contracts by which it wrote or read the values, and no reflection where that is off.
    private static JsonSerializerOptions Options => AIJsonUtilities.DefaultOptions;

    public static JsonNode? ToNode(object? value)
    {
        if (value is null)
        {
            return null;
        }

        try
        {
            return value switch
            {
                string text => JsonValue.Create(text),
                JsonNode node => node.DeepClone(),
                _ => JsonSerializer.SerializeToNode(value, Options.GetTypeInfo(value.GetType())),
            };
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException)
        {
            return JsonValue.Create($"[not serializable: {value.GetType().FullName}]");
        }
    }

    /// <summary>Writes the value as a JSON text, as model APIs carry the arguments of tool calls.</summary>
    public static string ToText(object? value) => ToNode(value)?.ToJsonString(Options) ?? "{}";
}
