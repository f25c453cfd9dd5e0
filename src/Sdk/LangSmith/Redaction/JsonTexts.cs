using System.Buffers;
using System.Text;
using System.Text.Json;
using LangSmith.Export;

namespace LangSmith.Redaction;

/// <summary>Copies JSON and replaces the texts in it on the way.</summary>
internal static class JsonTexts
{
    /// <summary>As deep as anything that is captured; deeper JSON is an error, and so is never passed on unread.</summary>
    private const int DepthMax = 1024;

    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="text">Replaces a text value.</param>
    /// <param name="literal">Replaces a property's name or a number; a number that it changes becomes a text.</param>
    /// <param name="namesFromDepth">The depth, 1 being the outermost object's, from which names are replaced.</param>
    /// <exception cref="JsonException">This is no JSON, or too deep.</exception>
    /// <exception cref="InvalidOperationException">A text holds half a surrogate pair.</exception>
    public static ReadOnlyMemory<byte> Replace(ReadOnlySpan<byte> json, Func<string, string> text, Func<string, string> literal, int namesFromDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions.Wire);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    writer.WritePropertyName(reader.CurrentDepth >= namesFromDepth ? literal(name) : name);
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(text(reader.GetString()!));
                    break;
                case JsonTokenType.Number:
                    WriteNumber(writer, Encoding.UTF8.GetString(reader.ValueSpan), literal);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    writer.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteNumber(Utf8JsonWriter writer, string number, Func<string, string> literal)
    {
        var replaced = literal(number);
        if (replaced == number)
        {
            // As it was written: a detour through a number type would cut digits.
            writer.WriteRawValue(number, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(replaced);
        }
    }
}
