using System.Text.Json;

namespace LangSmith.Server.Domain.Digest;

/// <summary>Reads the scalars of <c>extra</c>.</summary>
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

    /// <summary>A scalar as text: a string as it is, a number or boolean as JSON writes it; null when it is none or too long.</summary>
    private static string? Short(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text is { Length: <= DigestLimits.MetadataValueLengthMax } ? text : null;
    }
}
