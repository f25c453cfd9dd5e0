using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace LangSmith.Server.Ingest.Otlp;

/// <summary>Reads <c>ExportTraceServiceRequest</c> from its protobuf encoding, field by field; unknown fields are skipped.</summary>
/// <remarks>
/// Field numbers are those of opentelemetry-proto 1.x (<c>trace/v1/trace.proto</c>, <c>common/v1/common.proto</c>). No generated classes:
/// a span is read once, straight into what the conversion needs.
/// </remarks>
internal static class OtlpProtobuf
{
    /// <summary>Reads all spans.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    public static List<OtlpSpan> ReadSpans(byte[] body)
    {
        var spans = new List<OtlpSpan>();
        ReadFields(new CodedInputStream(body), (field, input) =>
        {
            if (field == 1)
            {
                ReadResourceSpans(Message(input), spans);
                return true;
            }

            return false;
        });
        return spans;
    }

    private static void ReadResourceSpans(CodedInputStream message, List<OtlpSpan> spans)
    {
        var resource = new Dictionary<string, JsonNode?>();
        var scopes = new List<CodedInputStream>();
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 1:
                    ReadFields(Message(input), (inner, attribute) => inner == 1 && ReadKeyValue(Message(attribute), resource, 0));
                    return true;
                case 2:
                    scopes.Add(Message(input));
                    return true;
                default:
                    return false;
            }
        });

        foreach (var scope in scopes)
        {
            ReadScopeSpans(scope, resource, spans);
        }
    }

    private static void ReadScopeSpans(CodedInputStream message, Dictionary<string, JsonNode?> resource, List<OtlpSpan> spans)
    {
        var name = "";
        var own = new List<OtlpSpan>();
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 1:
                    ReadFields(Message(input), (inner, scope) =>
                    {
                        name = inner == 1 ? scope.ReadString() : name;
                        return inner == 1;
                    });
                    return true;
                case 2:
                    own.Add(ReadSpan(Message(input)));
                    return true;
                default:
                    return false;
            }
        });
        spans.AddRange(own.Select(span => span with { Resource = resource, Scope = name }));
    }

    private static OtlpSpan ReadSpan(CodedInputStream message)
    {
        var span = new OtlpSpan();
        var attributes = new Dictionary<string, JsonNode?>();
        var events = new List<OtlpEvent>();
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 1: span = span with { TraceId = ToTraceId(input.ReadBytes().Span) }; return true;
                case 2: span = span with { SpanId = ToSpanId(input.ReadBytes().Span) }; return true;
                case 4: span = span with { ParentSpanId = ToSpanId(input.ReadBytes().Span) }; return true;
                case 5: span = span with { Name = input.ReadString() }; return true;
                case 7: span = span with { StartTime = OtlpLimits.Time(input.ReadFixed64()) ?? DateTimeOffset.UnixEpoch }; return true;
                case 8: span = span with { EndTime = OtlpLimits.Time(input.ReadFixed64()) }; return true;
                case 9: return ReadKeyValue(Message(input), attributes, 0);
                case 11: events.Add(ReadEvent(Message(input))); return true;
                case 15: span = ReadStatus(Message(input), span); return true;
                default: return false;
            }
        });
        return span with { Attributes = attributes, Events = events };
    }

    private static OtlpSpan ReadStatus(CodedInputStream message, OtlpSpan span)
    {
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 2: span = span with { StatusMessage = input.ReadString() }; return true;
                case 3: span = span with { IsError = input.ReadEnum() == 2 }; return true;
                default: return false;
            }
        });
        return span;
    }

    private static OtlpEvent ReadEvent(CodedInputStream message)
    {
        var name = "";
        var time = DateTimeOffset.UnixEpoch;
        var attributes = new Dictionary<string, JsonNode?>();
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 1: time = OtlpLimits.Time(input.ReadFixed64()) ?? time; return true;
                case 2: name = input.ReadString(); return true;
                case 3: return ReadKeyValue(Message(input), attributes, 0);
                default: return false;
            }
        });
        return new OtlpEvent(name, time, attributes);
    }

    private static bool ReadKeyValue(CodedInputStream message, Dictionary<string, JsonNode?> into, int depth)
    {
        var key = "";
        JsonNode? value = null;
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 1: key = input.ReadString(); return true;
                case 2: value = ReadValue(Message(input), depth + 1); return true;
                default: return false;
            }
        });
        into[key] = value;
        return true;
    }

    private static JsonNode? ReadValue(CodedInputStream message, int depth)
    {
        JsonNode? value = null;
        ReadFields(message, (field, input) =>
        {
            switch (field)
            {
                case 1: value = input.ReadString(); return true;
                case 2: value = input.ReadBool(); return true;
                case 3: value = input.ReadInt64(); return true;
                case 4: value = OtlpValue.Number(input.ReadDouble()); return true;
                case 5 when depth < OtlpLimits.ValueDepthMax: value = ReadArray(Message(input), depth); return true;
                case 6 when depth < OtlpLimits.ValueDepthMax: value = ReadObject(Message(input), depth); return true;
                case 7: value = input.ReadBytes().ToBase64(); return true;
                default: return false;
            }
        });
        return value;
    }

    private static JsonArray ReadArray(CodedInputStream message, int depth)
    {
        var array = new JsonArray();
        ReadFields(message, (field, input) =>
        {
            if (field == 1)
            {
                array.Add(ReadValue(Message(input), depth + 1));
            }

            return field == 1;
        });
        return array;
    }

    private static JsonObject ReadObject(CodedInputStream message, int depth)
    {
        var properties = new Dictionary<string, JsonNode?>();
        ReadFields(message, (field, input) => field == 1 && ReadKeyValue(Message(input), properties, depth));
        return new JsonObject(properties);
    }

    /// <summary>Calls <paramref name="read"/> for each field; a field that it does not read is skipped.</summary>
    private static void ReadFields(CodedInputStream input, Func<int, CodedInputStream, bool> read)
    {
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (!read(WireFormat.GetTagFieldNumber(tag), input))
            {
                input.SkipLastField();
            }
        }
    }

    private static CodedInputStream Message(CodedInputStream input) => input.ReadBytes().CreateCodedInput();

    private static Guid ToTraceId(ReadOnlySpan<byte> bytes) => bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : Guid.Empty;

    private static ulong ToSpanId(ReadOnlySpan<byte> bytes) => bytes.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
}
