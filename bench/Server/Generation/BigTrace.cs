using System.IO.Hashing;
using LangSmith.Protocol;
using LangSmith.Server.Storage;

namespace LangSmith.Server.Bench.Generation;

/// <summary>One trace of very many runs.</summary>
internal static class BigTrace
{
    public const int Length = 10_000;

    /// <summary>Writes it when it is not there.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> EnsureAsync(BenchStore bench)
    {
        var start = RunGenerator.End.AddHours(-3);
        var root = Uuid7.Deterministic(start, "big trace");
        var order = DottedOrder.Print(start, root);
        // From the eighth trace on: the seventh has a word that only one run is to have.
        var runs = Enumerable.Range(8, Length / RunGenerator.TraceLength).SelectMany(bench.Generator.Trace).Select((write, index) =>
        {
            var begin = start.AddMilliseconds(index);
            var id = index == 0 ? root : Uuid7.Deterministic(begin, $"big trace {index}");
            return write with
            {
                RunId = id,
                TraceId = root,
                ParentRunId = index == 0 ? null : root,
                DottedOrder = index == 0 ? order : DottedOrder.Print(order, begin, id),
                StartTime = begin,
                EndTime = begin.AddSeconds(1),
                ProjectName = "big",
                ContentHash = XxHash128.HashToUInt128(id.ToByteArray(bigEndian: true)),
            };
        });
        foreach (var some in runs.Chunk(1_000))
        {
            await bench.Store.Runs.WriteAsync(new WriteBatch(some, []), CancellationToken.None);
        }

        await bench.Store.CatchUpSearchAsync(CancellationToken.None);
        return root;
    }
}
