using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LangSmith.Extensions.AI;

/// <summary>A run id as it travels in the options of a request.</summary>
/// <remarks>
/// A caching client makes its key of all options as JSON: an id there would make every request a new one. So the id is written as a text
/// that is always the same. It is a JSON value, because that is what such clients can write in applications without reflection too.
/// </remarks>
internal sealed class RunIdTicket
{
    private static readonly JsonTypeInfo<RunIdTicket> s_contract =
        JsonMetadataServices.CreateValueInfo<RunIdTicket>(new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() }, new AlwaysTheSame());

    private readonly Guid _runId;

    private RunIdTicket(Guid runId) => _runId = runId;

    /// <summary>Makes a value of its own: each is taken once.</summary>
    public static JsonValue Write(Guid runId) => JsonValue.Create(new RunIdTicket(runId), s_contract)!;

    /// <summary>Reads the id; null when the value is something else.</summary>
    public static Guid? Read(object value) => value is JsonValue json && json.TryGetValue<RunIdTicket>(out var ticket) ? ticket._runId : null;

    private sealed class AlwaysTheSame : JsonConverter<RunIdTicket>
    {
        public override RunIdTicket Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A run id belongs to one request of this process and is not read from JSON.");

        public override void Write(Utf8JsonWriter writer, RunIdTicket value, JsonSerializerOptions options) => writer.WriteStringValue("of this request");
    }
}
