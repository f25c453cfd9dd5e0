namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>The orders in which four runs may come.</summary>
public static class RunOrders
{
    public static TheoryData<string> All { get; } = [.. Permutations("1234")];

    private static IEnumerable<string> Permutations(string items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, index) => Permutations(items.Remove(index, 1)).Select(rest => item + rest));
}
