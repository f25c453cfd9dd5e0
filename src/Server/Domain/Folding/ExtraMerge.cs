using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LangSmith.Server.Domain.Folding;

/// <summary>Merges <c>extra</c> objects by key, inside <c>metadata</c> and <c>runtime</c> too; values keep their exact text.</summary>
public static class ExtraMerge
{
    private static readonly string[] s_merged = ["metadata", "runtime"];

    /// <summary>Merges objects, weakest first. A null never overwrites; a key keeps the place where it was first seen.</summary>
    public static ReadOnlyMemory<byte> Merge(IReadOnlyList<ReadOnlyMemory<byte>> objects)
    {
        if (objects.Count <= 1)
        {
            return objects.Count == 0 ? default : objects[0];
        }

        var merged = new Layer();
        foreach (var json in objects)
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                merged.Add(document.RootElement.Clone());
            }
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, MaxDepth = 1024 }))
        {
            merged.Write(writer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The keys of an object in order of first sight, with their values.</summary>
    private sealed class Layer
    {
        private readonly OrderedDictionary<string, object> _values = new(StringComparer.Ordinal);

        public void Add(JsonElement source, bool nested = true)
        {
            foreach (var property in source.EnumerateObject())
            {
                var value = property.Value;
                if (nested && value.ValueKind == JsonValueKind.Object && s_merged.Contains(property.Name))
                {
                    var layer = _values.GetValueOrDefault(property.Name) as Layer ?? new Layer();
                    layer.Add(value, nested: false);
                    _values[property.Name] = layer;
                }
                else if (value.ValueKind != JsonValueKind.Null || !_values.ContainsKey(property.Name))
                {
                    _values[property.Name] = value;
                }
            }
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            foreach (var (key, value) in _values)
            {
                writer.WritePropertyName(key);
                if (value is Layer layer)
                {
                    layer.Write(writer);
                }
                else
                {
                    writer.WriteRawValue(JsonMarshal.GetRawUtf8Value((JsonElement)value), skipInputValidation: true);
                }
            }

            writer.WriteEndObject();
        }
    }
}
