namespace LangSmith.Export;

/// <summary>How runs are sent. Read once, when the exporter is made.</summary>
public sealed class ExportOptions
{
    /// <summary>The API's address.</summary>
    /// <value>Hosted LangSmith, <c>https://api.smith.langchain.com</c>. A trailing slash does not matter; a path such as <c>/api/v1</c> is kept.</value>
    internal Uri Endpoint { get; set; } = new("https://api.smith.langchain.com");

    /// <summary>The API key.</summary>
    /// <value>Null: no key is sent, which a server of your own on loopback accepts.</value>
    internal string? ApiKey { get; set; }

    /// <summary>The workspace, for keys that may use several.</summary>
    /// <value>Null: the key's own.</value>
    internal string? WorkspaceId { get; set; }

    /// <summary>The bytes that entries queued or on their way may hold together; further ones are dropped and counted.</summary>
    /// <value>256 MiB. Bodies being sent come on top: at most <see cref="SenderCount"/> times <see cref="BatchBytesMax"/>.</value>
    public long QueueBytesMax { get; set; } = 256L * 1024 * 1024;

    /// <summary>The entries that may be queued; further ones are dropped and counted.</summary>
    /// <value>250,000.</value>
    public int QueueCountMax { get; set; } = 250_000;

    /// <summary>Bytes of a batch before compression; an entry larger than that is sent alone.</summary>
    /// <value>20 MiB, less when the server says so.</value>
    public int BatchBytesMax { get; set; } = Protocol.WireLimits.BatchBytesMax;

    /// <summary>Entries of a batch.</summary>
    /// <value>100, less when the server says so.</value>
    public int BatchCountMax { get; set; } = Protocol.WireLimits.BatchOperationsMax;

    /// <summary>How long an entry waits for others before its batch is sent; a run that starts and ends meanwhile is one entry.</summary>
    /// <value>250 ms.</value>
    public TimeSpan BatchAgeMax { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Batches on their way at once. Batches that touch one run always go one after the other.</summary>
    /// <value>4.</value>
    public int SenderCount { get; set; } = 4;

    /// <summary>How long one request may take.</summary>
    /// <value>30 s.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a batch is tried again while the server cannot be reached, fails, or asks to slow down.</summary>
    /// <value>2 minutes. Afterwards it goes to <see cref="SpillDirectory"/>, or is dropped.</value>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The first pause between attempts; each further one is twice as long, up to 30 s, all randomly shortened by up to half.</summary>
    /// <value>500 ms. A server's <c>Retry-After</c> outranks it.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long disposing, and the normal end of the process, wait for what is still to be sent.</summary>
    /// <value>5 s.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Compresses bodies when the server offers it: zstd, else gzip.</summary>
    /// <value>True.</value>
    public bool Compress { get; set; } = true;

    /// <summary>A folder for what cannot be delivered, sent again when the server answers or at the next start; readable by its owner only.</summary>
    /// <value>Null: such entries are dropped and counted.</value>
    public string? SpillDirectory { get; set; }

    /// <summary>Bytes of all files in <see cref="SpillDirectory"/>; what does not fit any more is dropped and counted.</summary>
    /// <value>100 MiB.</value>
    public long SpillBytesMax { get; set; } = 100L * 1024 * 1024;

    /// <summary>The same way of sending to another address. The key is that address's own: this one's goes nowhere else.</summary>
    /// <param name="endpoint">The address, its key and its project.</param>
    /// <param name="spillFolder">Where its own bodies wait, below <see cref="SpillDirectory"/>: they must not be sent to another address.</param>
    internal ExportOptions For(RunsEndpoint endpoint, string spillFolder)
    {
        var copy = (ExportOptions)MemberwiseClone();
        copy.Endpoint = endpoint.Endpoint;
        copy.ApiKey = endpoint.ApiKey;
        copy.WorkspaceId = null;
        copy.SpillDirectory = SpillDirectory is null ? null : Path.Combine(SpillDirectory, spillFolder);
        return copy;
    }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Check(Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(Endpoint), "is no absolute http or https address");
        Check(QueueBytesMax > 0, nameof(QueueBytesMax), "is below 1");
        Check(QueueCountMax > 0, nameof(QueueCountMax), "is below 1");
        Check(BatchBytesMax > 0, nameof(BatchBytesMax), "is below 1");
        Check(BatchCountMax > 0, nameof(BatchCountMax), "is below 1");
        Check(SenderCount > 0, nameof(SenderCount), "is below 1");
        Check(BatchAgeMax >= TimeSpan.Zero, nameof(BatchAgeMax), "is negative");
        Check(RequestTimeout > TimeSpan.Zero, nameof(RequestTimeout), "is not positive");
        Check(RetryFor >= TimeSpan.Zero, nameof(RetryFor), "is negative");
        Check(RetryDelay >= TimeSpan.Zero, nameof(RetryDelay), "is negative");
        Check(ShutdownTimeout >= TimeSpan.Zero, nameof(ShutdownTimeout), "is negative");
        Check(SpillBytesMax >= 0, nameof(SpillBytesMax), "is negative");
    }

    private static void Check(bool condition, string option, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"The option {option} {problem}.", option);
        }
    }
}
