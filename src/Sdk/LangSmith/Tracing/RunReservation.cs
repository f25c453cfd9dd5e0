using LangSmith.Client;
using LangSmith.Export;
using LangSmith.Tracing;

namespace LangSmith;

/// <summary>A run before it starts: its id, its link and its address for feedback can be handed out while the work still waits.</summary>
/// <remarks>
/// <para>
/// <see cref="Start"/> makes the run, or <see cref="Options"/> given to whatever makes runs: a traced method, a wrapped delegate, a chat
/// client. A reservation that is cancelled, or disposed of, before it was started leaves a run under its id that says so; afterwards,
/// disposing does nothing.
/// </para>
/// <para>
/// The run is below the one that is current where it is reserved; without one, below the one that is current where it is started. Thread-safe:
/// of a start and a cancellation at the same time, one wins. A second start gets a fresh id and a warning, as options that are used twice do.
/// </para>
/// </remarks>
public sealed class RunReservation : IDisposable
{
    private readonly LangSmithTracer _tracer;
    private readonly DateTimeOffset _reserved;

    internal RunReservation(LangSmithTracer tracer, string name, RunOptions? options)
    {
        _tracer = tracer;
        _reserved = tracer.Time.GetUtcNow();
        Name = options?.Name ?? name;
        string? refused = null;
        Id = options is { HasId: true } ? tracer.Ids.Choose(options, _reserved, out refused) : tracer.Ids.ChooseFresh(_reserved, isNow: true);
        Options = RunOptions.Merge(
            new RunOptions
            {
                RunId = Id,
                Parent = options?.IsRoot is true ? null : options?.Parent ?? Ambient.Run,
                Metadata = refused is not null ? new Dictionary<string, object?> { [RunTree.RefusedId] = refused } : null,
            },
            options ?? new RunOptions())!;
    }

    /// <summary>The run's id.</summary>
    public Guid Id { get; }

    /// <summary>The run's name.</summary>
    public string Name { get; }

    /// <summary>The run's page, which waits for it.</summary>
    /// <value>Null for hosted LangSmith, where the link depends on where the run is: ask <see cref="LangSmithClient.GetRunUrlAsync"/> once it is there.</value>
    public Uri? Url => RunPages.Of(_tracer.Endpoint, Id);

    /// <summary>The address at which anybody can judge the run.</summary>
    /// <value>Null unless it was reserved by <see cref="LangSmithClient.ReserveRunAsync"/>.</value>
    public FeedbackToken? FeedbackToken { get; internal set; }

    /// <summary>What makes a run this one, wherever it is given; for one run.</summary>
    public RunOptions Options { get; }

    /// <summary>Whether the run was started, or cancelled.</summary>
    public bool IsSettled => Options.IsUsed;

    /// <summary>Starts the run and makes it the current one until it is disposed of.</summary>
    public RunTree Start() => _tracer.StartRun(Name, Options);

    /// <summary>Judges the run, in the background; it need not have started.</summary>
    /// <param name="key">What is judged, such as <c>user_score</c>.</param>
    /// <param name="score">A number, or null.</param>
    /// <param name="value">A value of another kind, such as a grade, or null.</param>
    /// <param name="comment">A text, or null.</param>
    /// <param name="feedbackId">The feedback's id, of your choosing; null for a fresh one.</param>
    /// <returns>The feedback's id.</returns>
    public Guid AddFeedback(string key, double? score = null, object? value = null, string? comment = null, Guid? feedbackId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var feedback = new FeedbackDraft { Key = key, Score = score, Value = value, Comment = comment, Id = feedbackId ?? Uuid7.NewGuid() };
        if (_tracer.IsEnabled)
        {
            // Below which run it will be, and so its trace, is not known yet.
            _tracer.Send(feedback, Id, traceId: null);
        }

        return feedback.Id;
    }

    /// <summary>Gives the run up before it was started: a run under its id says so. Does nothing when it was started, or given up before.</summary>
    /// <param name="reason">Why; null for no reason.</param>
    public void Cancel(string? reason = null)
    {
        if (!Options.TryUse())
        {
            return;
        }

        // What surrounds the cancellation has nothing to do with the run.
        using var apart = Ambient.Leave();
        var cancelled = new RunOptions { RunId = Id, Parent = Options.Parent, StartTime = _reserved };
        using var run = RunStart.Begin(_tracer, Name, RunOptions.Merge(cancelled, Options));
        run.Fail(reason is { Length: > 0 } ? $"Cancelled before start: {reason}" : "Cancelled before start");
        run.Post();
    }

    /// <summary>Gives the run up if it was not started.</summary>
    public void Dispose() => Cancel();
}
