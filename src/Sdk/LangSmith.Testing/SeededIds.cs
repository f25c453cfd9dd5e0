using System.Globalization;

namespace LangSmith.Testing;

/// <summary>Ids that are the same in every run of a test: the first, the second, ...</summary>
internal sealed class SeededIds
{
    private int _made;

    public Guid Next(DateTimeOffset time) =>
        Uuid7.Deterministic(time, Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture), "LangSmith.Testing");
}
