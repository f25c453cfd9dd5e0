using Microsoft.Extensions.Logging;

namespace LangSmith.Tracing;

/// <summary>Decides which id a run gets, and says so when it is not the one that was given.</summary>
/// <remarks>Each kind of remark is made once per process: an id that is wrong once is mostly wrong every time.</remarks>
internal sealed class RunIdGuard(LangSmithOptions options, ILogger logger)
{
    private static readonly TimeSpan s_skewMax = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_now = TimeSpan.FromSeconds(1);

    private static int s_said;

    private readonly IdsInUse _alive = new();
    private readonly bool _isOnSystemTime = ReferenceEquals(options.Time, TimeProvider.System);

    [Flags]
    private enum Remark
    {
        NotVersion7 = 1,
        Skewed = 2,
    }

    /// <summary>Lets a test hear again what is said once per process.</summary>
    internal static void ForgetRemarks() => Interlocked.Exchange(ref s_said, 0);

    /// <summary>Chooses the id of a run that was given one by its options.</summary>
    /// <param name="given">The options, which have one.</param>
    /// <param name="start">The run's start.</param>
    /// <param name="refused">What was given and not taken; null when it was taken.</param>
    /// <exception cref="ArgumentException">In strict mode: the id is bad.</exception>
    public Guid Choose(RunOptions given, DateTimeOffset start, out string? refused) =>
        given.TryUse()
            ? Choose(given.RunId, given.RunIdText, start, out refused)
            : Refuse(
                given.RunId?.ToString() ?? given.RunIdText!, start, "it was given to an earlier run by the same options; give each run its own",
                out refused);

    /// <inheritdoc cref="Choose(RunOptions, DateTimeOffset, out string?)"/>
    /// <exception cref="ArgumentException">In strict mode: the id is bad.</exception>
    public Guid Choose(Guid? id, string? text, DateTimeOffset start, out string? refused)
    {
        refused = null;
        var chosen = id.GetValueOrDefault();
        if (id is null && !RunId.TryParse(text, out chosen))
        {
            return Refuse(text!, start, "it is no UUID; make one with Uuid7.NewGuid(), or with Uuid7.Deterministic() from a key of yours", out refused);
        }

        return ReasonAgainst(chosen, start) is { } reason ? Refuse(chosen.ToString(), start, reason, out refused) : chosen;
    }

    /// <summary>Asks for an id that can be taken, where the caller waits for an answer and can be told.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public void Demand(Guid id, DateTimeOffset start, string parameter)
    {
        if (ReasonAgainst(id, start) is { } reason)
        {
            throw Unacceptable(id.ToString(), reason, parameter);
        }
    }

    /// <summary>Refuses an id that belongs to something used before, such as a wrapper's options.</summary>
    public Guid RefuseRepeated(Guid id, DateTimeOffset start, out string? refused) =>
        Refuse(id.ToString(), start, "it is fixed in a wrapper's options and the first call has it; give it with the call", out refused);

    /// <summary>Notes that a run with an id of the caller's choosing is going on.</summary>
    public void Began(Guid id)
    {
        if (!_alive.TryAdd(id))
        {
            Log.Collision(logger, id);
        }
    }

    public void Ended(Guid id) => _alive.Remove(id);

    /// <summary>Chooses the id of a run that was given none.</summary>
    /// <param name="start">The run's start.</param>
    /// <param name="isNow">True when the start was just read from the clock.</param>
    public Guid ChooseFresh(DateTimeOffset start, bool isNow) =>
        isNow && _isOnSystemTime && options.IdSource is null ? Uuid7.NewGuid(start) : Fresh(start);

    private Guid Fresh(DateTimeOffset start)
    {
        if (options.IdSource is { } source)
        {
            return source(start);
        }

        // A start of long ago, or to come, must not drag along the sequence that keeps the ids of now in order.
        return (start - DateTimeOffset.UtcNow).Duration() < s_now ? Uuid7.NewGuid(start)
            : start >= DateTimeOffset.UnixEpoch ? Uuid7.FromTime(start)
            : Uuid7.NewGuid();
    }

    /// <summary>Why an id cannot be taken; null when it can, even if with a remark.</summary>
    private string? ReasonAgainst(Guid id, DateTimeOffset start)
    {
        if (id == Guid.Empty)
        {
            return "the nil UUID is no run's; make one with Uuid7.NewGuid()";
        }

        if (Uuid7.TryGetTimestamp(id, out var time))
        {
            if ((time - start).Duration() > s_skewMax && First(Remark.Skewed))
            {
                Log.SkewedId(logger, id, time, start);
            }

            return null;
        }

        if (Uuid7.IsVersion7(id))
        {
            // Of a time beyond what .NET can say.
            return null;
        }

        if (options.RunIdPolicy == RunIdPolicy.Require)
        {
            return "it is not of version 7; make it with Uuid7.NewGuid()";
        }

        if (options.RunIdPolicy == RunIdPolicy.Warn && First(Remark.NotVersion7))
        {
            Log.NotVersion7(logger, id, Uuid7.VersionOf(id));
        }

        return null;
    }

    private static ArgumentException Unacceptable(string given, string reason, string parameter) =>
        new($"The run id '{given}' cannot be taken: {reason}.", parameter);

    private static bool First(Remark remark) => (Interlocked.Or(ref s_said, (int)remark) & (int)remark) == 0;

    private Guid Refuse(string given, DateTimeOffset start, string reason, out string? refused)
    {
        var shown = given.Length <= 100 ? given : string.Concat(given.AsSpan(0, 100), "…");
        if (options.Strict)
        {
            throw Unacceptable(shown, reason, nameof(given));
        }

        var id = Fresh(start);
        Log.IdRefused(logger, shown, id, reason);
        refused = shown;
        return id;
    }
}
