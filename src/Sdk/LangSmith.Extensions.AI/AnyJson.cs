using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LangSmith.Extensions.AI;

/// <summary>Writes values as the AI library writes them for models; one that cannot be written becomes a text that says so.</summary>
internal static class AnyJson
{
    // The AI library's own contracts, so no reflection where that is off; on one line, as model APIs send it.
    private static readonly JsonSerializerOptions s_options = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>Writes the arguments of a tool call as the JSON text that model APIs carry.</summary>
    public static string ToText(object? value) => value is null ? "{}" : Write(value, value.GetType(), JsonSerializer.Serialize);

    /// <summary>Writes a content of a kind that has no form of its own here.</summary>
    /// <returns>Its properties, or a text.</returns>
    public static object ToElement(AIContent content) =>
        Write<object>(content, typeof(AIContent), (value, type) => JsonSerializer.SerializeToElement(value, type));

    private static T Write<T>(object value, Type contract, Func<object, System.Text.Json.Serialization.Metadata.JsonTypeInfo, T> write)
        where T : class
    {
        try
        {
            return write(value, s_options.GetTypeInfo(contract));
        }
        catch (Exception exception)
        {
            // Border: getters and converters of users may throw anything.
            return (T)(object)$"[not serializable: {value.GetType().FullName}: {exception.GetType().Name}]";
        }
    }
}
