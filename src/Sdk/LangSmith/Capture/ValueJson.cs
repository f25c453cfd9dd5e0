using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LangSmith.Capture;

/// <summary>Writes values as JSON at the moment of capture: what is changed later changes nothing, what cannot be written says so.</summary>
internal sealed class ValueJson
{
    private const int DepthMax = 64;

    private readonly JsonSerializerOptions _options;

    public ValueJson(JsonSerializerOptions? options)
    {
        _options = new JsonSerializerOptions(options ?? ReflectedOptions.Value)
        {
            ReferenceHandler = ReferenceHandler.IgnoreCycles,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            MaxDepth = DepthMax,
        };
        _options.Converters.Add(new AttachmentConverter());
        Redaction.RedactedMembers.AddTo(_options);
        _options.MakeReadOnly();
    }

    /// <summary>Captures a value as a JSON object: an object as it is, anything else under a key.</summary>
    /// <param name="value">The value.</param>
    /// <param name="key">A key of this library's own, in ASCII.</param>
    public byte[] CaptureObject<T>(T value, string key)
    {
        var scratch = JsonScratch.Rent();
        Write(scratch.Writer, value);
        return scratch.TakeObject(key);
    }

    public byte[] Capture(object? value)
    {
        var scratch = JsonScratch.Rent();
        WriteValue(scratch.Writer, value, 0);
        return scratch.Take();
    }

    /// <summary>Captures what a caller writes by itself; used where types are known at compile time.</summary>
    public static byte[] Capture<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var scratch = JsonScratch.Rent();
        write(scratch.Writer, state);
        return scratch.Take();
    }

    /// <summary>Writes a value whose type is known at compile time; the usual scalars without boxing them.</summary>
    public void Write<T>(Utf8JsonWriter writer, T value)
    {
        if (!TryWriteScalar(writer, value))
        {
            WriteValue(writer, value, 0);
        }
    }

    /// <summary>Writes one of the usual scalars; false, and nothing written, for any other value.</summary>
    public static bool TryWriteScalar<T>(Utf8JsonWriter writer, T value)
    {
        // Read in place: a cast by way of object would box wherever the compiler does not optimise.
        if (!typeof(T).IsValueType)
        {
            if (value is string text)
            {
                writer.WriteStringValue(text);
                return true;
            }

            return false;
        }

        if (typeof(T) == typeof(int))
        {
            writer.WriteNumberValue(Unsafe.As<T, int>(ref value));
        }
        else if (typeof(T) == typeof(long))
        {
            writer.WriteNumberValue(Unsafe.As<T, long>(ref value));
        }
        else if (typeof(T) == typeof(bool))
        {
            writer.WriteBooleanValue(Unsafe.As<T, bool>(ref value));
        }
        else if (typeof(T) == typeof(double))
        {
            WriteDouble(writer, Unsafe.As<T, double>(ref value));
        }
        else if (typeof(T) == typeof(Guid))
        {
            writer.WriteStringValue(Unsafe.As<T, Guid>(ref value));
        }
        else
        {
            return false;
        }

        return true;
    }

    public void WriteValue(Utf8JsonWriter writer, object? value) => WriteValue(writer, value, 0);

    private void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                WriteDouble(writer, number);
                break;
            case float number when float.IsFinite(number):
                // As a float: widened, 0.1 would become 0.10000000149011612.
                writer.WriteNumberValue(number);
                break;
            case float number:
                WriteDouble(writer, number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case Exception exception:
                writer.WriteStringValue($"{exception.GetType().FullName}: {exception.Message}");
                break;
            case CapturedJson captured:
                writer.WriteRawValue(captured.Json.Span, skipInputValidation: true);
                break;
            case Delegate or Stream or CancellationToken or Type:
                writer.WriteStringValue($"[{value.GetType().Name}]");
                break;
            case IDictionary<string, object?> dictionary when depth < DepthMax:
                writer.WriteStartObject();
                foreach (var (key, item) in dictionary)
                {
                    writer.WritePropertyName(key);
                    WriteValue(writer, item, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case List<object?> list when depth < DepthMax:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteValue(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteOther(writer, value);
                break;
        }
    }

    private void WriteOther(Utf8JsonWriter writer, object value)
    {
        // Into a buffer of its own: a value that fails half-way must not leave half of itself.
        using var scratch = JsonScratch.Rent();
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
                    JsonSerializer.Serialize(scratch.Writer, value, _options.GetTypeInfo(value.GetType()));
                    writer.WriteRawValue(scratch.Written, skipInputValidation: true);
                    break;
            }
        }
        catch (Exception exception)
        {
            // Border: getters and converters of users may throw anything.
            writer.WriteStringValue($"[not serializable: {value.GetType().FullName}: {exception.GetType().Name}]");
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
