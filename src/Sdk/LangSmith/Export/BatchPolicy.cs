namespace LangSmith.Export;

/// <summary>When a batch is due and what fits into it: numbers in, decisions out.</summary>
/// <param name="CountMax">Entries of a batch.</param>
/// <param name="BytesMax">Bytes of a batch; a larger entry goes alone.</param>
/// <param name="AgeMax">How long the oldest entry waits.</param>
internal readonly record struct BatchPolicy(int CountMax, long BytesMax, TimeSpan AgeMax)
{
    /// <summary>How long to wait with what is queued; zero when a batch is due now.</summary>
    /// <param name="count">Entries queued, at least one.</param>
    /// <param name="bytes">Bytes queued.</param>
    /// <param name="age">The age of the oldest entry.</param>
    public TimeSpan TimeToDue(long count, long bytes, TimeSpan age) =>
        count >= CountMax || bytes >= BytesMax || age >= AgeMax ? TimeSpan.Zero : AgeMax - age;

    /// <summary>Tells whether an entry may join a batch that holds something already.</summary>
    public bool Fits(int batchCount, long batchBytes, long entryBytes) =>
        batchCount == 0 || (batchCount < CountMax && batchBytes + entryBytes <= BytesMax);

    /// <summary>The policy under the limits that the server states; a limit below one is none.</summary>
    public BatchPolicy Under(int? serverCountMax, long? serverBytesMax) => this with
    {
        CountMax = serverCountMax is > 0 ? Math.Min(CountMax, serverCountMax.Value) : CountMax,
        BytesMax = serverBytesMax is > 0 ? Math.Min(BytesMax, serverBytesMax.Value) : BytesMax,
    };
}
