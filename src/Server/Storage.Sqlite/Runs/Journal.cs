using System.Buffers.Binary;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Folding;
using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Runs;

/// <summary>Reads the journal of writes.</summary>
internal static class Journal
{
    private const string Columns = "sequence, kind, hash, received_at, project_id, head";

    /// <summary>All writes of a run, without payloads, in the order of acknowledgement.</summary>
    public static List<JournalEntry> Read(Statements statements, WorkspaceId workspace, Guid runId, long rid) =>
        statements.Prepare($"SELECT {Columns} FROM run_write WHERE rid = ?1 ORDER BY sequence")
            .List(row => Entry(row, workspace, runId), rid);

    /// <summary>The packed payloads of some writes; those in files are read from there.</summary>
    public static Dictionary<long, byte[]> ReadPayloads(Statements statements, IEnumerable<long> sequences, Func<string, byte[]> readBlob)
    {
        var payloads = new Dictionary<long, byte[]>();
        var statement = statements.Prepare("SELECT payload, payload_blob FROM run_write WHERE sequence = ?1");
        foreach (var sequence in sequences.Distinct())
        {
            payloads[sequence] = statement.First(
                row => row.IsNull(0) ? row.IsNull(1) ? [] : readBlob(row.Text(1)) : row.Bytes(0), sequence) ?? [];
        }

        return payloads;
    }

    private static JournalEntry Entry(Row row, WorkspaceId workspace, Guid runId) =>
        WriteHead.Read(
            row.Bytes(5), workspace, runId, row.Number(0), (RunWriteKind)row.Number(1),
            BinaryPrimitives.ReadUInt128BigEndian(row.Bytes(2)), row.Time(3), row.IdOrNull(4));
}
