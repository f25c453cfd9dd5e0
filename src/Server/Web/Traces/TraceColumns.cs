using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Web.Traces;

/// <summary>A trace as the script in the browser takes it: a column for each property, names and models by number.</summary>
internal sealed record TraceColumns(IReadOnlyList<TraceRow> Rows, IReadOnlyDictionary<Guid, RunUsage> Usage, bool IsCut, TraceVersion Version = default)
{
    private static readonly string[] s_types =
        [RunTypes.Chain, RunTypes.Llm, RunTypes.Tool, RunTypes.Retriever, RunTypes.Embedding, RunTypes.Prompt, RunTypes.Parser];

    public byte[] ToJson(DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, now);
        }

        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer, DateTimeOffset now)
    {
        var start = Rows.Count == 0 ? now : Rows.Min(row => row.Run.StartTime);
        var names = new Numbers();
        var models = new Numbers();
        writer.WriteStartObject();
        writer.WriteNumber("start", start.ToUnixTimeMilliseconds());
        writer.WriteNumber("now", (now - start).TotalMilliseconds);
        writer.WriteBoolean("cut", IsCut);
        // Soon after the last message more may come, whatever the statuses say.
        writer.WriteBoolean("live", Rows.Any(row => row.Run.Status == RunStatus.Pending) || Rows.Any(row => (now - row.Run.LastReceivedAt).TotalSeconds < 20));
        Column("id", row => writer.WriteStringValue(row.Run.Id));
        Column("depth", row => writer.WriteNumberValue(row.Depth));
        Column("type", row => writer.WriteNumberValue(Math.Max(0, Array.IndexOf(s_types, row.Run.RunType))));
        Column("status", row => writer.WriteNumberValue((int)row.Run.Status));
        Column("name", row => writer.WriteNumberValue(names.Of(row.Run.Name)));
        Column("model", row => writer.WriteNumberValue(row.Run is { RunType: RunTypes.Llm or RunTypes.Embedding, Model: { } model } ? models.Of(model) : -1));
        Column("from", row => writer.WriteNumberValue(Math.Round((row.Run.StartTime - start).TotalMilliseconds, 3)));
        Column("for", row => writer.WriteNumberValue(
            row.Run.EndTime is { } end ? Math.Max(0, Math.Round((end - row.Run.StartTime).TotalMilliseconds, 3)) : -1));
        Column("tokens", row => writer.WriteNumberValue(Usage.GetValueOrDefault(row.Run.Id)?.TotalTokens ?? 0));
        Column("orphan", row => writer.WriteNumberValue(row.IsOrphan ? 1 : 0));
        names.Write(writer, "names");
        models.Write(writer, "models");
        writer.WriteEndObject();

        void Column(string name, Action<TraceRow> value)
        {
            writer.WriteStartArray(name);
            foreach (var row in Rows)
            {
                value(row);
            }

            writer.WriteEndArray();
        }
    }

    private sealed class Numbers
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public int Of(string text)
        {
            if (!_numbers.TryGetValue(text, out var number))
            {
                _numbers.Add(text, number = _numbers.Count);
            }

            return number;
        }

        public void Write(Utf8JsonWriter writer, string name)
        {
            writer.WriteStartArray(name);
            foreach (var text in _numbers.Keys)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }
    }
}
