using System.Globalization;
using System.Runtime.CompilerServices;
using LangSmith.Capture;
using LangSmith.Client;
using LangSmith.Protocol;

namespace LangSmith;

/// <content>Runs.</content>
public sealed partial class LangSmithClient
{
    private static readonly TimeSpan s_pollEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Creates a run by hand. The same id again is the same run.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="ArgumentException">The id is the nil UUID, or of another version than 7 where <see cref="RunIdPolicy.Require"/> holds.</exception>
    public async Task<Guid> CreateRunAsync(RunInput run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var start = run.StartTime ?? _time.GetUtcNow();
        var created = run with
        {
            // A given start may lie in the past or future; the process's ordered series must neither ignore nor follow it.
            Id = run.Id ?? (run.StartTime is null ? Uuid7.NewGuid(start) : Uuid7.FromTime(start)),
            StartTime = start,
            RunType = run.RunType ?? RunTypes.Chain,
            Name = run.Name ?? "run",
            ProjectName = run.ProjectName ?? _tracer.Settings.ProjectName,
        };
        _tracer.Ids.Demand(created.Id.Value, start, nameof(run));
        await _api.CallAsync(HttpMethod.Post, "/runs", Body(created), cancellationToken).ConfigureAwait(false);
        return created.Id.Value;
    }

    /// <summary>Changes a run: what is given beats what was given before.</summary>
    public Task UpdateRunAsync(Guid runId, RunInput run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _api.CallAsync(HttpMethod.Patch, $"/runs/{runId}", Body(run with { Id = runId }), cancellationToken);
    }

    /// <summary>Reads a run by its id alone.</summary>
    /// <returns>Null when the server has none; hosted LangSmith may need seconds to see one that was just sent.</returns>
    public Task<RunRecord?> ReadRunAsync(Guid runId, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"/runs/{runId}", ClientJson.Default.RunRecord, cancellationToken);

    /// <summary>Sends what is queued, and reads a run as soon as the server has it; for scripts and tests.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="until">What the run must satisfy; null for being there.</param>
    /// <param name="timeout">How long to wait; null for 30 s.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task<RunRecord> WaitForRunAsync(
        Guid runId, Func<RunRecord, bool>? until = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var patience = timeout ?? TimeSpan.FromSeconds(30);
        var began = _time.GetTimestamp();
        // What still waits in this process cannot be on the server.
        await _tracer.FlushAsync(patience, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (await ReadRunAsync(runId, cancellationToken).ConfigureAwait(false) is { } run && until?.Invoke(run) is not false)
            {
                return run;
            }

            if (_time.GetElapsedTime(began) >= patience)
            {
                throw new TimeoutException($"Run {runId} was not there within {patience.TotalSeconds:0.#} s.");
            }

            // LangSmith has no call that waits for a run.
            await Task.Delay(s_pollEvery, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lists runs, page by page as they are asked for.</summary>
    public async IAsyncEnumerable<RunRecord> ListRunsAsync(RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var projects = await ProjectsOfAsync(query, cancellationToken).ConfigureAwait(false);
        if (projects is { Count: 0 })
        {
            yield break;
        }

        string? cursor = null;
        var left = query.Limit ?? int.MaxValue;
        while (left > 0)
        {
            var body = QueryBody(query, projects, cursor, Math.Min(left, WireLimits.PageSizeMax));
            var page = await _api.CallAsync(HttpMethod.Post, "/runs/query", body, ClientJson.Default.RunPage, cancellationToken).ConfigureAwait(false);
            foreach (var run in page.Runs.Take(left))
            {
                yield return run;
            }

            left -= page.Runs.Count;
            cursor = page.Cursors?.Next;
            if (cursor is null || page.Runs.Count == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>The page of a run, by its id alone.</summary>
    /// <returns>For a server of your own <c>{address}/r/{id}</c>; for hosted LangSmith the page that the run's own path names.</returns>
    public async Task<Uri> GetRunUrlAsync(Guid runId, CancellationToken cancellationToken = default)
    {
        if (RunPages.Of(Endpoint, runId) is { } page)
        {
            return page;
        }

        var run = await ReadRunAsync(runId, cancellationToken).ConfigureAwait(false)
            ?? throw new LangSmithApiException($"There is no run {runId} yet, and its link depends on where it is.", System.Net.HttpStatusCode.NotFound);
        return new Uri(RunPages.AddressOf(Endpoint), run.AppPath);
    }

    /// <summary>Reserves a run, and makes an address at which anybody can judge it, before any work starts.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="feedbackKey">What is judged, such as <c>user_score</c>.</param>
    /// <param name="options">What the run is given, such as its id; null for nothing.</param>
    /// <param name="validFor">For how long the address works; null for three hours.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The reservation, with its <see cref="RunReservation.FeedbackToken"/>.</returns>
    public async Task<RunReservation> ReserveRunAsync(
        string name, string feedbackKey, RunOptions? options = null, TimeSpan? validFor = null, CancellationToken cancellationToken = default)
    {
        var reservation = _tracer.Reserve(name, options);
        // No run says that it was cancelled when this fails: the caller never had the reservation.
        reservation.FeedbackToken = await CreateFeedbackTokenAsync(reservation.Id, feedbackKey, validFor, cancellationToken).ConfigureAwait(false);
        return reservation;
    }

    private async Task<IReadOnlyList<Guid>?> ProjectsOfAsync(RunQuery query, CancellationToken cancellationToken)
    {
        if (query.ProjectName is null || query.Ids is { Count: > 0 })
        {
            return query.ProjectIds;
        }

        var project = await FindProjectAsync(query.ProjectName, cancellationToken).ConfigureAwait(false);
        return project is null ? [] : [.. query.ProjectIds ?? [], project.Id];
    }

    private byte[] Body(RunInput run)
    {
        var settings = _tracer.Settings;
        var redactor = _tracer.Redactor;
        return Given(new Dictionary<string, object?>
        {
            [RunField.Id] = run.Id,
            [RunField.Name] = run.Name,
            [RunField.RunType] = run.RunType,
            [RunField.StartTime] = Text(run.StartTime),
            [RunField.EndTime] = Text(run.EndTime),
            [RunField.TraceId] = run.TraceId,
            [RunField.ParentRunId] = run.ParentRunId,
            [RunField.DottedOrder] = run.DottedOrder,
            [RunField.Inputs] = Payload(run.Inputs, "input", settings.HideInputs),
            [RunField.Outputs] = Payload(run.Outputs, "output", settings.HideOutputs),
            [RunField.Error] = run.Error is { } error ? redactor.Text(error) : null,
            [RunField.Tags] = run.Tags?.Select(tag => (object?)redactor.Text(tag)).ToList(),
            [RunField.Extra] = run.Metadata is null || settings.HideMetadata ? null : new Dictionary<string, object?>
            {
                [RunField.Metadata] = Payload(run.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value), RunField.Metadata, isHidden: false),
            },
            [RunField.SessionName] = run.ProjectName,
            [RunField.ReferenceExampleId] = run.ReferenceExampleId,
        });
    }

    /// <summary>What a caller gave, as it may leave; null when nothing was given.</summary>
    private CapturedJson? Payload(object? value, string name, bool isHidden) =>
        value is null ? null
        : isHidden ? new CapturedJson("{}"u8.ToArray())
        : new CapturedJson(_tracer.Redactor.Json(_json.CaptureObject(value, name)));

    private byte[] QueryBody(RunQuery query, IReadOnlyList<Guid>? projects, string? cursor, int limit) => Given(new Dictionary<string, object?>
    {
        ["id"] = List(query.Ids),
        ["session"] = List(projects),
        ["trace"] = query.TraceId,
        ["parent_run"] = query.ParentRunId,
        ["is_root"] = query.IsRoot,
        ["error"] = query.HasError,
        ["run_type"] = query.RunType,
        ["reference_example"] = List(query.ReferenceExampleIds),
        ["start_time"] = Text(query.StartedFrom),
        ["end_time"] = Text(query.StartedBefore),
        ["filter"] = query.Filter,
        ["trace_filter"] = query.TraceFilter,
        ["tree_filter"] = query.TreeFilter,
        ["select"] = query.Select?.Cast<object?>().ToList(),
        ["order"] = query.Ascending ? "asc" : "desc",
        ["limit"] = limit,
        ["cursor"] = cursor,
    });

    private static List<object?>? List(IReadOnlyList<Guid>? ids) => ids is { Count: > 0 } ? [.. ids.Select(id => (object?)id)] : null;

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes what is given; a null is read as given by some servers.</summary>
    private byte[] Given(Dictionary<string, object?> fields) =>
        _json.Capture(fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value));
}
