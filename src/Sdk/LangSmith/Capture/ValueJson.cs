using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LangSmith.Capture;

/// <summary>Writes values as JSON at the moment of capture: what is changed later changes nothing, what cannot be written says so.</summary>
internal sealed class ValueJson
{
    private const int DepthMax = ObjectJson.DepthMax;

    /// <summary>Longer texts the framework's writer refuses.</summary>
    private const int TextLengthMax = 166_666_666;

    // The dictionaries and lists that are being written, to notice one that holds itself. Of the thread, because a getter that traces by
    // itself captures while another capture is under way; each looks at its own ones only.
    [ThreadStatic]
    private static List<object>? s_open;

    private readonly ObjectJson _objects;

    public ValueJson(JsonSerializerOptions? options) => _objects = new ObjectJson(options);

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
        WriteValue(scratch.Writer, value);
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
            WriteValue(writer, value);
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
                WriteText(writer, text);
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

    /// <summary>Writes a value; one that cannot be written becomes a text that says so.</summary>
    public void WriteValue(Utf8JsonWriter writer, object? value)
    {
        if (value is not (IDictionary<string, object?> or List<object?>))
        {
            WriteValue(writer, value, 0);
            return;
        }

        // Into a buffer of its own: one that is changed by another thread meanwhile must not leave half of itself.
        using var scratch = JsonScratch.Rent();
        var open = s_open ??= [];
        var first = open.Count;
        try
        {
            WriteValue(scratch.Writer, value, first);
            writer.WriteRawValue(scratch.Written, skipInputValidation: true);
        }
        catch (Exception exception)
        {
            // Border: dictionaries may be the application's own, and its threads may change any of them.
            writer.WriteStringValue(ObjectJson.NotSerializable(value, exception));
        }
        finally
        {
            open.RemoveRange(first, open.Count - first);
        }
    }

    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    /// <param name="first">Where this capture begins among what is open.</param>
    private void WriteValue(Utf8JsonWriter writer, object? value, int first)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                WriteText(writer, text);
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
            case CapturedJson captured:
                writer.WriteRawValue(captured.Json.Span, skipInputValidation: true);
                break;
            case IDictionary<string, object?> dictionary when TryOpen(dictionary, first, out var isCycle):
                WriteDictionary(writer, dictionary, isCycle, first);
                break;
            case List<object?> list when TryOpen(list, first, out var isCycle):
                WriteList(writer, list, isCycle, first);
                break;
            default:
                _objects.Write(writer, value);
                break;
        }
    }

    private void WriteDictionary(Utf8JsonWriter writer, IDictionary<string, object?> dictionary, bool isCycle, int first)
    {
        if (isCycle)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, item) in dictionary)
        {
            writer.WritePropertyName(key);
            WriteValue(writer, item, first);
        }

        writer.WriteEndObject();
        s_open!.RemoveAt(s_open.Count - 1);
    }

    private void WriteList(Utf8JsonWriter writer, List<object?> list, bool isCycle, int first)
    {
        if (isCycle)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in list)
        {
            WriteValue(writer, item, first);
        }

        writer.WriteEndArray();
        s_open!.RemoveAt(s_open.Count - 1);
    }

    /// <summary>Notes that a container is being written; false when it is too deep for this library's own way.</summary>
    private static bool TryOpen(object container, int first, out bool isCycle)
    {
        var open = s_open!;
        isCycle = false;
        if (open.Count - first >= DepthMax)
        {
            return false;
        }

        for (var index = first; index < open.Count && !isCycle; index++)
        {
            isCycle = ReferenceEquals(open[index], container);
        }

        if (!isCycle)
        {
            open.Add(container);
        }

        return true;
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        if (text.Length <= TextLengthMax)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteStringValue($"[a text of {text.Length.ToString(CultureInfo.InvariantCulture)} characters, which is too long to be recorded]");
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
