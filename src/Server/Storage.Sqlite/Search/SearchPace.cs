namespace LangSmith.Server.Storage.Sqlite.Search;

/// <summary>How much of the processor the index takes while runs come in: little, until it trails too far.</summary>
/// <param name="trailMax">Writes by which it may trail; beyond, it works without rest.</param>
internal sealed class SearchPace(long trailMax)
{
    /// <summary>How long it works at a time: a request waits no longer for the processor.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    // It works a quarter of the time, on one processor.
    private const int RestsPerSlice = 3;

    /// <summary>How long it rests after it has worked; zero while nothing else is to be done.</summary>
    /// <param name="worked">For how long it has worked.</param>
    /// <param name="written">Writes that were stored meanwhile.</param>
    /// <param name="behind">Writes that are stored and not yet in the index.</param>
    public TimeSpan RestAfter(TimeSpan worked, long written, long behind) =>
        worked < Slice || written == 0 || behind >= trailMax ? TimeSpan.Zero : worked * RestsPerSlice;
}
