using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>A write while its parts come in: its fields as raw JSON by name.</summary>
internal sealed class RunDraft(RunWriteKind kind, string id, string where)
{
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _fields = new(StringComparer.Ordinal);

    private readonly HashSet<string> _fromParts = new(StringComparer.Ordinal);

    public RunWriteKind Kind { get; } = kind;

    /// <summary>The id as the client wrote it.</summary>
    public string Id { get; } = id;

    public string Where { get; } = where;

    /// <summary>True once the run object itself has come.</summary>
    public bool HasMain { get; private set; }

    /// <summary>Why the write cannot be stored; null while it can.</summary>
    public Refusal? Refusal { get; private set; }

    public List<RunAttachment> Attachments { get; } = [];

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Fields => _fields;

    public void Refuse(string reason, bool limitExceeded = false) => Refusal ??= new Refusal(Where, reason, limitExceeded);

    /// <summary>Takes the run object. A field that came in a part of its own stays.</summary>
    public void TakeMain(JsonElement run)
    {
        HasMain = true;
        foreach (var property in run.EnumerateObject())
        {
            var name = property.Name;
            if (property.Value.ValueKind != JsonValueKind.Null && !_fromParts.Contains(name))
            {
                // The document's memory is pooled; a field outlives it.
                _fields[name] = JsonMarshal.GetRawUtf8Value(property.Value).ToArray();
            }
        }
    }

    /// <summary>Takes a field's JSON from a part of its own; it beats the same field of the run object.</summary>
    public void TakeField(string name, ReadOnlyMemory<byte> json)
    {
        if (!LenientJson.IsNullOrEmpty(json.Span))
        {
            _fields[name] = json;
            _fromParts.Add(name);
        }
    }

    /// <summary>Takes a field out; empty when it was not given.</summary>
    public ReadOnlyMemory<byte> Take(string name) => _fields.Remove(name, out var json) ? json : default;

    /// <summary>Hashes everything given: the same content is the same write, in whatever order or parts it came.</summary>
    public UInt128 Hash()
    {
        var hash = new XxHash128();
        Append(hash, [(byte)Kind]);
        foreach (var (name, json) in _fields)
        {
            if (name != RunField.Id)
            {
                Append(hash, Encoding.UTF8.GetBytes(name));
                Append(hash, json.Span);
            }
        }

        foreach (var attachment in Attachments.OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes($"{attachment.Name}\0{attachment.MimeType}\0{attachment.Blob}"));
        }

        return hash.GetCurrentHashAsUInt128();
    }

    // The length goes first: ("ab", "c") and ("a", "bc") must not meet.
    private static void Append(XxHash128 hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.Append(length);
        hash.Append(bytes);
    }
}
