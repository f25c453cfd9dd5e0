using System.ComponentModel;
using System.Text.Json;
using LangSmith.Capture;

namespace LangSmith.Interception;

/// <summary>Writes captured values. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CapturedValue
{
    /// <summary>Writes a value; one that cannot be written becomes a text that says so.</summary>
    public static void Write<T>(Utf8JsonWriter json, T value)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (ValueJson.TryWriteScalar(json, value))
        {
            return;
        }

        if (LazySequence.Is(value))
        {
            json.WriteStringValue(LazySequence.Text);
        }
        else
        {
            LangSmithTracer.Current.Json.WriteValue(json, value);
        }
    }

    /// <summary>Writes inputs: an object or dictionary as it is, any other value under <c>input</c>.</summary>
    public static void WriteInputs<T>(Utf8JsonWriter json, T value) => WriteObject(json, value, "input");

    /// <summary>Writes outputs: an object or dictionary as it is, any other value under <c>output</c>.</summary>
    public static void WriteOutputs<T>(Utf8JsonWriter json, T value) => WriteObject(json, value, "output");

    private static void WriteObject<T>(Utf8JsonWriter json, T value, string key)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (value is null or string or bool or int or long or double)
        {
            json.WriteStartObject();
            json.WritePropertyName(key);
            Write(json, value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteRawValue(LangSmithTracer.Current.Json.CaptureObject(value, key), skipInputValidation: true);
        }
    }
}
