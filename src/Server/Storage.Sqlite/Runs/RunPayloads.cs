using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Fills runs with the payloads that were asked for.</summary>
internal static class RunPayloads
{
    public static RunRecord Fill(Statements statements, RunRow row, RunPayload asked, Func<string, byte[]> readBlob)
    {
        var inputs = asked.HasFlag(RunPayload.Inputs) ? row.InputsFrom : null;
        var outputs = asked.HasFlag(RunPayload.Outputs) ? row.OutputsFrom : null;
        var events = asked.HasFlag(RunPayload.Events) ? row.EventsFrom : null;
        var serialized = asked.HasFlag(RunPayload.Serialized) ? row.SerializedFrom : null;
        var extra = asked.HasFlag(RunPayload.Extra) ? row.ExtraFrom : [];
        long[] needed = [.. extra, .. new[] { inputs, outputs, events, serialized }.OfType<long>()];
        if (needed.Length == 0)
        {
            return row.Record;
        }

        var writes = Journal.ReadPayloads(statements, needed, readBlob)
            .ToDictionary(pair => pair.Key, pair => PayloadPack.Read(pair.Value));
        return row.Record with
        {
            Inputs = inputs is { } i ? writes[i].Inputs : default,
            Outputs = outputs is { } o ? writes[o].Outputs : default,
            Events = events is { } e ? writes[e].Events : default,
            Serialized = serialized is { } s ? writes[s].Serialized : default,
            Extra = ExtraMerge.Merge([.. extra.Select(sequence => writes[sequence].Extra)]),
        };
    }
}
