using System.Collections.Concurrent;

namespace LangSmith.Server.Domain.Pricing;

/// <summary>Which prices hold in which workspace: its own rows before the built-in ones.</summary>
/// <remarks>Thread-safe. A change holds for runs that are written after it; what runs cost already stays.</remarks>
public sealed class PriceBook
{
    private readonly ConcurrentDictionary<WorkspaceId, PriceList> _lists = new();

    /// <summary>The prices of a workspace.</summary>
    public PriceList Of(WorkspaceId workspace) => _lists.GetValueOrDefault(workspace, PriceList.BuiltIn);

    /// <summary>Replaces a workspace's own rows.</summary>
    /// <exception cref="ArgumentException">A pattern is no regular expression that works without backtracking.</exception>
    public void Set(WorkspaceId workspace, IReadOnlyCollection<ModelPrice> own)
    {
        if (own.Count == 0)
        {
            _lists.TryRemove(workspace, out _);
        }
        else
        {
            _lists[workspace] = new PriceList(own, BuiltInPrices.All);
        }
    }
}
