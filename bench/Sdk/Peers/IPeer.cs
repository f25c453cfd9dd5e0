namespace LangSmith.Sdk.Bench.Peers;

/// <summary>A tracing library that records calls and sends them.</summary>
internal interface IPeer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Where its runs are on the server.</summary>
    string Project { get; }

    /// <summary>What the library itself says it lost, and why; null when it does not tell.</summary>
    string? Losses => null;

    /// <summary>Records one call of a model: a question in, an answer out.</summary>
    void Record(string question, string answer);

    /// <summary>Begins a call that lasts.</summary>
    /// <returns>What <see cref="End"/> takes; null when the library records nothing.</returns>
    IDisposable? Begin(string question);

    /// <summary>Ends such a call.</summary>
    void End(IDisposable? begun, string answer);

    /// <summary>Sends what is queued and waits for it.</summary>
    Task FlushAsync();
}
