using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LangSmith.Export;

namespace LangSmith.Capture;

/// <summary>Writes values as JSON at the moment of capture: what is changed later changes nothing, what cannot be written says so.</summary>
internal sealed class ValueJson
{
    private const int KeptBytesMax = 256 * 1024;
    private const int DepthMax = 64;

    [ThreadStatic]
    private static PooledBuffer? s_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

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
    public byte[] CaptureObject(object? value, string key)
    {
        var (buffer, writer) = Rent();
        WriteValue(writer, value, 0);
        writer.Flush();
        if (buffer.Count > 0 && buffer.WrittenSpan[0] == (byte)'{')
        {
            return Return(buffer);
        }

        var bare = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        writer.Reset();
        writer.WriteStartObject();
        writer.WritePropertyName(key);
        writer.WriteRawValue(bare, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return Return(buffer);
    }

    public byte[] Capture(object? value)
    {
        var (buffer, writer) = Rent();
        WriteValue(writer, value, 0);
        writer.Flush();
        return Return(buffer);
    }

    /// <summary>Captures what a caller writes by itself; used where types are known at compile time.</summary>
    public static byte[] Capture<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var (buffer, writer) = Rent();
        write(writer, state);
        writer.Flush();
        return Return(buffer);
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
                    writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value, _options.GetTypeInfo(value.GetType())), skipInputValidation: true);
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

    /// <summary>A writer of this thread; what it wrote is taken by <see cref="Return"/>.</summary>
    public static (PooledBuffer Buffer, Utf8JsonWriter Writer) Rent()
    {
        // Taken out of its place: a getter that traces by itself must not write into the same buffer.
        var buffer = s_buffer ?? new PooledBuffer(1024);
        s_buffer = null;
        var writer = s_writer ?? new Utf8JsonWriter((IBufferWriter<byte>)buffer, WriterOptions.Wire);
        s_writer = null;
        buffer.Clear();
        writer.Reset((IBufferWriter<byte>)buffer);
        s_rented = writer;
        return (buffer, writer);
    }

    [ThreadStatic]
    private static Utf8JsonWriter? s_rented;

    public static byte[] Return(PooledBuffer buffer)
    {
        var json = buffer.WrittenSpan.ToArray();
        if (buffer.Count <= KeptBytesMax)
        {
            s_buffer = buffer;
            s_writer = s_rented;
        }
        else
        {
            buffer.Dispose();
        }

        return json;
    }
}
