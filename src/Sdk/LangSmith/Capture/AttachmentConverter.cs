using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmith.Capture;

/// <summary>Writes a file that is part of a value by its name: its bytes belong beside the inputs, not in them.</summary>
internal sealed class AttachmentConverter : JsonConverter<RunAttachment>
{
    public override RunAttachment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, RunAttachment value, JsonSerializerOptions options) =>
        writer.WriteStringValue($"[file {value.Name}: {value.MimeType}, {value.Content.Length} bytes]");
}
