using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Api.Http;

/// <summary>Reads the properties of a body as clients write them: null is absent, a scalar stands for a list of one.</summary>
internal readonly struct BodyFields(JsonElement body)
{
    // A node with a name twice fails when it is read, far from here. Depth was bounded when the body was read.
    private static readonly JsonDocumentOptions s_nodes = new() { AllowDuplicateProperties = false, MaxDepth = 10_000 };

    /// <summary>An object: an item of a list or a property may be anything else.</summary>
    public JsonElement Body { get; } = body.ValueKind == JsonValueKind.Object
        ? body
        : throw ProblemException.Invalid($"There is {body.ValueKind.ToString().ToLowerInvariant()} where an object is expected.");

    /// <summary>True when the property is there, even as null.</summary>
    public bool Has(string name) => Body.TryGetProperty(name, out _);

    public JsonElement? Value(string name) =>
        Body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name) => Value(name) is { } value ? LenientJson.Text(value) : null;

    public Guid? Id(string name) => Text(name) is { Length: > 0 } text ? RequestValues.ParseId(name, text) : null;

    public bool? Flag(string name) => Value(name) is not { } value
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => LenientJson.Text(value).ToLowerInvariant() switch
            {
                "true" or "1" => true,
                "false" or "0" => false,
                _ => throw ProblemException.Invalid($"'{name}' is a boolean."),
            },
        };

    public int? Number(string name) => Value(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
        : int.TryParse(LenientJson.Text(value), out var parsed) ? parsed
        : throw ProblemException.Invalid($"'{name}' is a whole number.");

    /// <summary>An exact number, written as a number or as a text.</summary>
    public decimal? Decimal(string name) => Value(name) is not { } value ? null
        : decimal.TryParse(LenientJson.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw ProblemException.Invalid($"'{name}' is a number.");

    public DateTimeOffset? Time(string name) => Value(name) is not { } value ? null
        : LenientTime.TryRead(value, out var time) ? time
        : throw ProblemException.Invalid($"'{name}' is no time; give ISO 8601 or Unix milliseconds.");

    /// <summary>The JSON of a property; empty when absent or null.</summary>
    public ReadOnlyMemory<byte> Raw(string name) => Value(name) is { } value ? JsonMarshal.GetRawUtf8Value(value).ToArray() : default;

    /// <summary>A property as a node of its own; null when absent or null.</summary>
    public JsonNode? Node(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(JsonMarshal.GetRawUtf8Value(value), documentOptions: s_nodes);
        }
        catch (JsonException)
        {
            throw ProblemException.Invalid($"'{name}' holds an object with the same name twice.");
        }
    }

    /// <summary>A property that is an object; null when absent or null.</summary>
    public JsonObject? Object(string name) => Node(name) switch
    {
        null => null,
        JsonObject given => given,
        _ => throw ProblemException.Invalid($"'{name}' is a JSON object."),
    };

    /// <summary>A property that is a list, or one item of it; null when absent or null.</summary>
    public JsonArray? Array(string name) => Node(name) switch
    {
        null => null,
        JsonArray given => given,
        var one => [one],
    };

    /// <summary>A text that must be there.</summary>
    public string Required(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw ProblemException.Invalid($"'{name}' is missing.");

    public IReadOnlyList<string> List(string name) => Value(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(LenientJson.Text)]
            : [LenientJson.Text(value)];

    public IReadOnlyList<Guid> Ids(string name) => [.. List(name).Select(text => RequestValues.ParseId(name, text))];
}
