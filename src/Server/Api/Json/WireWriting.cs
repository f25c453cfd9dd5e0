using System.Text.Json;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes values the way clients read them.</summary>
internal static class WireWriting
{
    /// <summary>An instant with an explicit zone and microseconds.</summary>
    public static string Text(DateTimeOffset time) => DocumentTime.Print(time);

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, Text(value));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteId(this Utf8JsonWriter writer, string name, Guid? id)
    {
        if (id is { } value)
        {
            writer.WriteString(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>Writes kept JSON as it is; nothing becomes null.</summary>
    public static void WriteJson(this Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        if (json.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    public static void WriteNumber(this Utf8JsonWriter writer, string name, decimal? number)
    {
        if (number is { } value)
        {
            // 0.10 and 0.1 are one number; the shortest form is written.
            writer.WriteNumber(name, value / 1.000000000000000000000000000000000m);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteNumber(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value && double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void WriteIds(this Utf8JsonWriter writer, string name, IEnumerable<Guid> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
    }
}
