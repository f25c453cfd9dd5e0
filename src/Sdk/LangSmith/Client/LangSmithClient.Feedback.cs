using System.Globalization;
using System.Runtime.CompilerServices;
using LangSmith.Client;
using LangSmith.Export;
using LangSmith.Protocol;

namespace LangSmith;

/// <content>Feedback.</content>
public sealed partial class LangSmithClient
{
    /// <summary>Judges a run, whether it has arrived yet or not, and waits until the server has the judgement.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">What is judged, such as <c>user_score</c>.</param>
    /// <param name="score">A number; null for none.</param>
    /// <param name="feedback">Whatever else is to be said; its score is taken when <paramref name="score"/> is null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The feedback's id.</returns>
    public async Task<Guid> CreateFeedbackAsync(
        Guid runId, string key, double? score = null, FeedbackInput? feedback = null, CancellationToken cancellationToken = default)
    {
        var draft = Draft(key, score, feedback);
        var body = FeedbackJson.Write(draft, runId, feedback?.TraceId, _time.GetUtcNow(), _json);
        await _api.CallAsync(HttpMethod.Post, "/feedback", body, cancellationToken).ConfigureAwait(false);
        return draft.Id;
    }

    /// <summary>Judges a run in the background, with the runs' own queue: nothing is waited for, and nothing is thrown.</summary>
    /// <param name="runId">The run, whether it has begun yet or not.</param>
    /// <param name="key">What is judged, such as <c>user_score</c>.</param>
    /// <param name="score">A number; null for none.</param>
    /// <param name="feedback">Whatever else is to be said. With a <see cref="FeedbackInput.TraceId"/> that is sampled out, nothing is sent.</param>
    /// <returns>The feedback's id.</returns>
    public Guid AddFeedback(Guid runId, string key, double? score = null, FeedbackInput? feedback = null)
    {
        var draft = Draft(key, score, feedback);
        if (feedback?.TraceId is not { } traceId || _tracer.Records(traceId))
        {
            _tracer.Send(draft, runId, feedback?.TraceId);
        }

        return draft.Id;
    }

    /// <summary>Judges a project as a whole.</summary>
    /// <returns>The feedback's id.</returns>
    public async Task<Guid> CreateProjectFeedbackAsync(
        Guid projectId, string key, double? score = null, FeedbackInput? feedback = null, CancellationToken cancellationToken = default)
    {
        var draft = Draft(key, score, feedback) with { ProjectId = projectId };
        await _api.CallAsync(
            HttpMethod.Post, "/feedback", FeedbackJson.Write(draft, null, null, _time.GetUtcNow(), _json), cancellationToken).ConfigureAwait(false);
        return draft.Id;
    }

    /// <summary>Changes feedback; what is null stays as it is, unless it is to be cleared.</summary>
    /// <param name="feedbackId">The feedback.</param>
    /// <param name="feedback">What it becomes.</param>
    /// <param name="clear">What is taken away.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task UpdateFeedbackAsync(
        Guid feedbackId, FeedbackInput feedback, FeedbackFields clear = FeedbackFields.None, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feedback);
        var fields = new (FeedbackFields Field, string Name, object? Value)[]
        {
            (FeedbackFields.Score, "score", feedback.Score),
            (FeedbackFields.Value, "value", feedback.Value),
            (FeedbackFields.Comment, "comment", feedback.Comment),
            (FeedbackFields.Correction, "correction", feedback.Correction),
        };
        var body = _json.Capture(fields
            .Where(field => field.Value is not null || clear.HasFlag(field.Field))
            .ToDictionary(field => field.Name, field => clear.HasFlag(field.Field) ? null : field.Value));
        return _api.CallAsync(HttpMethod.Patch, $"/feedback/{feedbackId}", body, cancellationToken);
    }

    /// <summary>Reads feedback; null when there is none.</summary>
    public Task<FeedbackRecord?> ReadFeedbackAsync(Guid feedbackId, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"/feedback/{feedbackId}", ClientJson.Default.FeedbackRecord, cancellationToken);

    /// <summary>Lists the feedback of runs, newest first, page by page as it is asked for.</summary>
    /// <param name="runIds">The runs.</param>
    /// <param name="keys">What is judged; null for anything.</param>
    /// <param name="sourceTypes">Where it comes from, such as <c>api</c> or <c>model</c>; null for anywhere.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<FeedbackRecord> ListFeedbackAsync(
        IReadOnlyCollection<Guid> runIds, IReadOnlyCollection<string>? keys = null, IReadOnlyCollection<string>? sourceTypes = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        var conditions = string.Join('&', (string[])
        [
            .. runIds.Select(id => $"run={id}"),
            .. (keys ?? []).Select(key => $"key={Uri.EscapeDataString(key)}"),
            .. (sourceTypes ?? []).Select(type => $"source={Uri.EscapeDataString(type)}"),
        ]);
        for (var offset = 0; ; offset += WireLimits.PageSizeMax)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/feedback?{conditions}&limit={WireLimits.PageSizeMax}&offset={offset}");
            var page = await _api.CallAsync(HttpMethod.Get, path, null, ClientJson.Default.IReadOnlyListFeedbackRecord, cancellationToken)
                .ConfigureAwait(false);
            foreach (var feedback in page)
            {
                yield return feedback;
            }

            if (page.Count < WireLimits.PageSizeMax)
            {
                yield break;
            }
        }
    }

    /// <summary>Deletes feedback.</summary>
    public Task DeleteFeedbackAsync(Guid feedbackId, CancellationToken cancellationToken = default) =>
        _api.CallAsync(HttpMethod.Delete, $"/feedback/{feedbackId}", null, cancellationToken);

    /// <summary>Makes an address at which anybody can judge one run without a key.</summary>
    /// <param name="runId">The run; it need not have arrived.</param>
    /// <param name="key">What is judged.</param>
    /// <param name="validFor">For how long, in whole minutes, rounded up; null for three hours.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public Task<FeedbackToken> CreateFeedbackTokenAsync(Guid runId, string key, TimeSpan? validFor = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var lifetime = validFor ?? TimeSpan.FromHours(3);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero, nameof(validFor));
        lifetime = TimeSpan.FromMinutes(Math.Ceiling(lifetime.TotalMinutes));
        var body = Given(new Dictionary<string, object?>
        {
            ["run_id"] = runId,
            ["feedback_key"] = key,
            // Not a point in time: the server's clock decides, not this machine's.
            ["expires_in"] = new Dictionary<string, object?> { ["days"] = lifetime.Days, ["hours"] = lifetime.Hours, ["minutes"] = lifetime.Minutes },
        });
        return _api.CallAsync(HttpMethod.Post, "/feedback/tokens", body, ClientJson.Default.FeedbackToken, cancellationToken);
    }

    private static FeedbackDraft Draft(string key, double? score, FeedbackInput? feedback)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new FeedbackDraft
        {
            Id = feedback?.Id ?? Uuid7.NewGuid(),
            Key = key,
            Score = score ?? feedback?.Score,
            Value = feedback?.Value,
            Comment = feedback?.Comment,
            Correction = feedback?.Correction,
            SourceType = feedback?.SourceType ?? "api",
            SourceMetadata = feedback?.SourceMetadata,
            SourceRunId = feedback?.SourceRunId,
            ExtendTraceRetention = feedback?.ExtendTraceRetention ?? true,
        };
    }
}
