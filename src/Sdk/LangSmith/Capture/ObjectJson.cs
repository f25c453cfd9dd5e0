using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LangSmith.Capture;

/// <summary>Writes objects of the application by the framework's serialiser; what it cannot write says so. Thread-safe.</summary>
internal sealed class ObjectJson
{
    public const int DepthMax = 64;

    /// <summary>How far a circle is followed before it is known for one: what it holds is written that often.</summary>
    private const int UnwatchedDepthMax = 16;

    private readonly JsonSerializerOptions _options;
    private readonly JsonSerializerOptions _unwatched;
    private readonly Lazy<JsonSerializerOptions?> _tolerant;

    // Types of which a value once went round in a circle, or was deep, or failed.
    private readonly ConcurrentDictionary<Type, bool> _watched = [];

    public ObjectJson(JsonSerializerOptions? options)
    {
        _options = Options(options, ReferenceHandler.IgnoreCycles, DepthMax);
        _unwatched = Options(options, null, UnwatchedDepthMax);
        _tolerant = new(() => TolerantMembers.Over(_options));
    }

    public void Write(Utf8JsonWriter writer, object value)
    {
        try
        {
            switch (value)
            {
                // These write themselves, also where there is no reflection to find their contract by.
                case JsonElement { ValueKind: not JsonValueKind.Undefined } element:
                    writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                    break;
                case JsonNode node:
                    writer.WriteRawValue(node.ToJsonString(_options), skipInputValidation: true);
                    break;
                default:
                    WriteOther(writer, value);
                    break;
            }
        }
        catch (Exception exception)
        {
            // Border: a document that was disposed of, a node that is changed meanwhile.
            writer.WriteStringValue(NotSerializable(value, exception));
        }
    }

    /// <summary>What stands for a value that cannot be written.</summary>
    public static string NotSerializable(object value, Exception exception) =>
        $"[not serializable: {TypeName.Of(value.GetType())}: {TypeName.Of(exception.GetType())}]";

    private void WriteOther(Utf8JsonWriter writer, object value)
    {
        if (OpaqueConverter.TextOf(value) is { } text)
        {
            writer.WriteStringValue(text);
        }
        else if (Serialize(writer, value) is { } failure
            && (_tolerant.Value is not { } tolerant || Serialize(writer, value, tolerant) is not null))
        {
            writer.WriteStringValue(NotSerializable(value, failure));
        }
    }

    /// <summary>Watches for circles only where there may be one: to watch costs a call 140 bytes.</summary>
    /// <returns>What went wrong, and nothing is written then; null when nothing did.</returns>
    private Exception? Serialize(Utf8JsonWriter writer, object value)
    {
        if (!_watched.ContainsKey(value.GetType()))
        {
            if (Serialize(writer, value, _unwatched) is null)
            {
                return null;
            }

            _watched[value.GetType()] = true;
        }

        return Serialize(writer, value, _options);
    }

    /// <returns>What went wrong, and nothing is written then; null when nothing did.</returns>
    private static Exception? Serialize(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        // Into a buffer of its own: a value that fails half-way must not leave half of itself.
        using var scratch = JsonScratch.Rent();
        try
        {
            JsonSerializer.Serialize(scratch.Writer, value, options.GetTypeInfo(value.GetType()));
            writer.WriteRawValue(scratch.Written, skipInputValidation: true);
            return null;
        }
        catch (Exception exception)
        {
            // Border: getters and converters of users may throw anything.
            return exception;
        }
    }

    private static JsonSerializerOptions Options(JsonSerializerOptions? given, ReferenceHandler? references, int depth)
    {
        var options = new JsonSerializerOptions(given ?? ReflectedOptions.Value)
        {
            ReferenceHandler = references,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            MaxDepth = depth,
            WriteIndented = false,
        };
        // As the serialiser does with options that name no resolver.
        options.TypeInfoResolver ??= ReflectedOptions.Value.TypeInfoResolver;
        options.Converters.Add(new AttachmentConverter());
        options.Converters.Add(new OpaqueConverter());
        Redaction.RedactedMembers.AddTo(options);
        options.MakeReadOnly();
        return options;
    }
}
