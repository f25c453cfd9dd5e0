using LangSmith.Server.Storage.Sqlite.Connections;

namespace LangSmith.Server.Storage.Sqlite.Writing;

/// <summary>A change of a kind that is cheaper for many at once: those that wait at the same time are made as one.</summary>
/// <param name="change">Makes all of them; what they return is in their order. Changes join that have the same one.</param>
/// <param name="batch">What this one changes.</param>
/// <param name="bytes">About how much it writes.</param>
internal sealed class JoinedWriteJob<TBatch, T>(JoinedChange<TBatch, T> change, TBatch batch, long bytes)
    : WriteJob<T>((statements, cache) => change(statements, cache, [batch])[0], bytes)
{
    private readonly JoinedChange<TBatch, T> _change = change;
    private readonly TBatch _batch = batch;

    public override bool Joins(WriteJob next) => next is JoinedWriteJob<TBatch, T> other && other._change == _change;

    public override bool TryRunJoined(IReadOnlyList<WriteJob> jobs, Statements statements, WriteCache cache)
    {
        try
        {
            JoinedWriteJob<TBatch, T>[] all = [.. jobs.Cast<JoinedWriteJob<TBatch, T>>()];
            var values = _change(statements, cache, [.. all.Select(job => job._batch)]);
            for (var index = 0; index < all.Length; index++)
            {
                all[index].Take(values[index]);
            }

            return true;
        }
        catch (Exception exception) when (!DiskFailure.Is(exception))
        {
            // Each is made again by itself: then it shows whose failure it is.
            return false;
        }
    }
}
