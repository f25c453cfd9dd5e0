namespace LangSmith.Testing;

/// <summary>Catches the runs of one test in memory, however many tests run at once.</summary>
/// <remarks>
/// <c>using var capture = RunCapture.Start();</c>. Holds for the asynchronous flow in which it was started. Ids and times come from a seed:
/// the same test makes the same trees every time. Thread-safe.
/// </remarks>
public sealed class RunCapture : IDisposable
{
    private readonly MemoryQueue _queue = new();
    private readonly IDisposable _use;

    private RunCapture(LangSmithOptions options, SeededTime? time)
    {
        if (time is not null)
        {
            options.Time = time;
            options.IdSource = new SeededIds().Next;
        }

        Tracer = new LangSmithTracer(options, _ => _queue);
        _use = Tracer.Use();
    }

    /// <summary>The tracer of the test.</summary>
    public LangSmithTracer Tracer { get; }

    /// <summary>All runs so far, parents before children, in the order in which they began.</summary>
    public IReadOnlyList<CapturedRun> Runs => _queue.Runs;

    /// <summary>The keys and runs of all feedback so far.</summary>
    public IReadOnlyList<CapturedFeedback> Feedback => _queue.Feedback;

    /// <summary>Begins to catch.</summary>
    /// <param name="configure">Changes the options; tracing is on, and no environment is read for what they set.</param>
    /// <param name="seeded">Whether ids and times repeat; false takes real ones.</param>
    public static RunCapture Start(Action<LangSmithOptions>? configure = null, bool seeded = true)
    {
        var options = new LangSmithOptions
        {
            TracingEnabled = true,
            Endpoint = new Uri("http://localhost"),
            ProjectName = "tests",
            SamplingRate = 1,
            HideInputs = false,
            HideOutputs = false,
            HideMetadata = false,
            RunsEndpoints = [],
        };
        configure?.Invoke(options);
        return new RunCapture(options, seeded && ReferenceEquals(options.Time, TimeProvider.System) ? new SeededTime() : null);
    }

    /// <summary>The one run of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one; the message shows the tree.</exception>
    public CapturedRun Single(string name)
    {
        var named = Runs.Where(run => run.Name == name).ToArray();
        return named.Length == 1
            ? named[0]
            : throw new InvalidOperationException($"There are {named.Length} runs named \"{name}\" in:\n{ToTree()}");
    }

    /// <summary>The runs as a text of one line each, indented by depth: the same for the same behaviour, so fit for snapshots.</summary>
    /// <param name="payloads">Whether inputs, outputs and errors' first lines are shown.</param>
    public string ToTree(bool payloads = false) => TreeText.Of(Runs, payloads);

    /// <summary>Makes sure that none of some texts is in anything that would have left.</summary>
    /// <exception cref="InvalidOperationException">One of them is; the message names the run and the field, not the secret.</exception>
    public void AssertNothingLeaked(params IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        foreach (var secret in secrets)
        {
            if (Leaks.Find(Runs, Feedback, secret) is { } place)
            {
                throw new InvalidOperationException($"A secret of {secret.Length} characters is in {place}.");
            }
        }
    }

    /// <summary>Ends the catching.</summary>
    public void Dispose() => _use.Dispose();
}
