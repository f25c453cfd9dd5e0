using LangSmith.Propagation;
using LangSmith.Tracing;

namespace LangSmith;

/// <summary>Traces code: scopes, wrapped delegates, the current run, what holds for the runs to come.</summary>
/// <remarks>Works on the tracer of the surroundings, which is <see cref="LangSmithTracer.Default"/> unless something else was said. Thread-safe.</remarks>
public static partial class Traceable
{
    /// <summary>The run that surrounds the code; null when there is none, or tracing is off.</summary>
    public static RunTree? Current => Ambient.Run;

    /// <summary>Begins a run and makes it the current one until it is disposed of.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="options">What it is given, such as a run id; null for nothing.</param>
    /// <returns>The run: <c>using var run = Traceable.StartRun("answer");</c></returns>
    /// <exception cref="ArgumentException">In strict mode: the run id is bad.</exception>
    public static RunTree StartRun(string name, RunOptions? options = null) => RunStart.Begin(name, options).Enter();

    /// <inheritdoc cref="LangSmithTracer.Reserve"/>
    public static RunReservation Reserve(string name, RunOptions? options = null) => LangSmithTracer.Current.Reserve(name, options);

    /// <summary>Gives options to the next run of this flow, whoever starts it.</summary>
    /// <param name="options">What it is given.</param>
    /// <returns>Ends the waiting when disposed of.</returns>
    public static IDisposable ForNextRun(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Scope { Next = options }.Enter();
    }

    /// <summary>Says what holds for the runs that begin until the result is disposed of.</summary>
    /// <param name="tags">Tags that they carry; null for none.</param>
    /// <param name="metadata">Metadata that they carry; null for none.</param>
    /// <param name="projectName">The project of roots; a run below another is where that one is. Null for that of the surroundings.</param>
    /// <param name="enabled">Whether they are recorded; null for as before.</param>
    /// <param name="parent">The run above them; null for the current one.</param>
    public static IDisposable BeginScope(
        IReadOnlyList<string>? tags = null, IReadOnlyDictionary<string, object?>? metadata = null, string? projectName = null, bool? enabled = null,
        RunTree? parent = null)
    {
        var outer = Ambient.Scope;
        var run = parent ?? Ambient.Run;
        return new Scope
        {
            Run = run,
            Inheritance = Inheritance.Add(outer?.Inheritance ?? run?.Inheritance, tags, metadata, LangSmithTracer.Current.Json),
            ProjectName = projectName ?? outer?.ProjectName,
            Enabled = enabled ?? outer?.Enabled,
        }.Enter();
    }

    /// <summary>Goes on with the trace that another process sent along with its call.</summary>
    /// <typeparam name="TValue">The type of the headers' values: texts, sequences of texts, UTF-8 bytes, or what prints as its text.</typeparam>
    /// <param name="headers">
    /// The headers of the call: a dictionary, those of an HTTP request, those of a message. <c>langsmith-trace</c> and <c>baggage</c> are read,
    /// in any case.
    /// </param>
    /// <returns>Ends it when disposed of. Without the headers, or with malformed ones, nothing changes but a warning in the log.</returns>
    public static IDisposable ContinueFrom<TValue>(IEnumerable<KeyValuePair<string, TValue>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var tracer = LangSmithTracer.Current;
        var remote = TraceHeaders.Read(headers, tracer);
        return remote is null ? new Scope().Enter() : new Scope { Run = remote, Tracer = tracer, Inheritance = remote.Inheritance }.Enter();
    }

    /// <summary>Runs code as a run; its exception becomes the error.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="body">The code; it gets its run.</param>
    /// <param name="options">What the run is given; null for nothing.</param>
    public static void Run(string name, Action<RunTree> body, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var run = StartRun(name, options);
        try
        {
            body(run);
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }

    /// <summary>Runs a function as a run; its result becomes the outputs, its exception the error.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="body">The function; it gets its run.</param>
    /// <param name="options">What the run is given; null for nothing.</param>
    public static T Run<T>(string name, Func<RunTree, T> body, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var run = StartRun(name, options);
        try
        {
            var result = body(run);
            run.SetOutputs(result);
            return result;
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }

    /// <summary>The same as <see cref="RunAsync(string, Func{RunTree, Task}, RunOptions?)"/>: the run ends with the task.</summary>
    public static Task Run(string name, Func<RunTree, Task> body, RunOptions? options = null) => RunAsync(name, body, options);

    /// <summary>The same as <see cref="RunAsync{T}(string, Func{RunTree, Task{T}}, RunOptions?)"/>: the run ends with the task.</summary>
    public static Task<T> Run<T>(string name, Func<RunTree, Task<T>> body, RunOptions? options = null) => RunAsync(name, body, options);

    /// <inheritdoc cref="Run(string, Action{RunTree}, RunOptions?)"/>
    public static async Task RunAsync(string name, Func<RunTree, Task> body, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var run = StartRun(name, options);
        try
        {
            await body(run).ConfigureAwait(false);
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }

    /// <inheritdoc cref="Run{T}(string, Func{RunTree, T}, RunOptions?)"/>
    public static async Task<T> RunAsync<T>(string name, Func<RunTree, Task<T>> body, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var run = StartRun(name, options);
        try
        {
            var result = await body(run).ConfigureAwait(false);
            run.SetOutputs(result);
            return result;
        }
        catch (Exception exception) when (run.Fail(exception))
        {
            throw;
        }
    }

    /// <summary>Sends what was traced.</summary>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>True when the fate of every run before the call is known; false when the time was not enough.</returns>
    public static Task<bool> FlushAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        LangSmithTracer.Current.FlushAsync(timeout, cancellationToken);
}
