using System.Buffers;
using System.Text.Json;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Collects what the server has no field for into one JSON object.</summary>
internal sealed class UnknownFields : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _writer;

    public void Add(string name, ReadOnlyMemory<byte> json)
    {
        if (_writer is null)
        {
            _writer = new Utf8JsonWriter(_buffer);
            _writer.WriteStartObject();
        }

        _writer.WritePropertyName(name);
        _writer.WriteRawValue(json.Span, skipInputValidation: true);
    }

    /// <summary>The object; empty when nothing was added.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        if (_writer is null)
        {
            return default;
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _writer?.Dispose();
}
