using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LangSmith.Server.Domain.Digest;

/// <summary>Reads what of <c>extra</c> can be filtered.</summary>
internal static class ExtraReader
{
    private static readonly string[] s_modelNames = ["model", "model_name"];

    public static IReadOnlyDictionary<string, string> Metadata(JsonDocument? extra) => Scalars(extra, "metadata", textOnly: false);

    public static IReadOnlyDictionary<string, string> InvocationParameters(JsonDocument? extra) =>
        Scalars(extra, "invocation_params", textOnly: true);

    public static string? ModelOf(JsonElement inputs)
    {
        foreach (var name in s_modelNames)
        {
            if (inputs.ValueKind == JsonValueKind.Object && inputs.TryGetProperty(name, out var model) && model.ValueKind == JsonValueKind.String)
            {
                return Short(model);
            }
        }

        return null;
    }

    /// <summary>The object under a name, if it is one.</summary>
    public static JsonElement? ObjectIn(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object
            ? child
            : null;

    private static Dictionary<string, string> Scalars(JsonDocument? extra, string section, bool textOnly)
    {
        var scalars = new Dictionary<string, string>(StringComparer.Ordinal);
        if (extra is null || ObjectIn(extra.RootElement, section) is not { } values)
        {
            return scalars;
        }

        foreach (var property in values.EnumerateObject())
        {
            if (scalars.Count < DigestLimits.MetadataKeysMax
                && (!textOnly || property.Value.ValueKind == JsonValueKind.String)
                && Short(property.Value) is { } text)
            {
                scalars[property.Name] = text;
            }
        }

        return scalars;
    }

    /// <summary>
    /// The beginning of a value as text: a string as it is, anything else as JSON writes it, so that objects and lists have their key too; null
    /// for null.
    /// </summary>
    private static string? Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => Begin(value.GetString()!),
        _ => Begin(JsonMarshal.GetRawUtf8Value(value)),
    };

    private static string Begin(string text)
    {
        const int length = DigestLimits.MetadataValueLengthMax;
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static string Begin(ReadOnlySpan<byte> json) =>
        Begin(Encoding.UTF8.GetString(json[..Math.Min(json.Length, DigestLimits.MetadataValueLengthMax)]).TrimEnd('\uFFFD'));
}
