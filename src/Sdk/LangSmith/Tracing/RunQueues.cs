using LangSmith.Export;

namespace LangSmith.Tracing;

/// <summary>Where runs go: the main queue, and one for each further server.</summary>
internal sealed class RunQueues : IAsyncDisposable, IDisposable
{
    private readonly (IRunQueue Queue, string? Project)[] _copies;

    private RunQueues(IRunQueue main, (IRunQueue, string?)[] copies) => (Main, _copies) = (main, copies);

    public IRunQueue Main { get; }

    public static RunQueues Open(IRunQueue? given, LangSmithOptions options, IReadOnlyList<RunsEndpoint> further) => new(
        given ?? new ExportPipeline(options.Export, options.LoggerFactory, options.Time, options.HttpClient),
        [.. further.Zip(SpillFolders(further), (endpoint, folder) => ((IRunQueue)new ExportPipeline(
            options.Export.For(endpoint, folder), options.LoggerFactory, options.Time, options.HttpClient), endpoint.ProjectName))]);

    /// <summary>Hands a copy of an operation to the further servers.</summary>
    public void Copy(RunOperation operation, long bytes)
    {
        foreach (var (queue, project) in _copies)
        {
            var copy = project is null || project == operation.ProjectName ? operation : Replica.Of(operation, project);
            queue.TryEnqueue(new ReadyOperation(copy, bytes), (int)Math.Min(bytes, int.MaxValue));
        }
    }

    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var all = await Main.FlushAsync(timeout, cancellationToken).ConfigureAwait(false);
        foreach (var (queue, _) in _copies)
        {
            all &= await queue.FlushAsync(timeout, cancellationToken).ConfigureAwait(false);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in Owned())
        {
            await queue.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var queue in Owned())
        {
            queue.Dispose();
        }
    }

    /// <summary>A folder for each server, the same after a restart. Two that differ by their keys alone are told apart by their order.</summary>
    private static IEnumerable<string> SpillFolders(IReadOnlyList<RunsEndpoint> endpoints)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var text = $"{endpoint.Endpoint.Authority}{endpoint.Endpoint.AbsolutePath.TrimEnd('/')}-{endpoint.ProjectName}";
            var name = string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'));
            var number = taken[name] = taken.GetValueOrDefault(name) + 1;
            yield return number == 1 ? name : $"{name}-{number}";
        }
    }

    // The main one first: what it takes last is still copied.
    private IEnumerable<ExportPipeline> Owned() => _copies.Select(copy => copy.Queue).Prepend(Main).OfType<ExportPipeline>();

    private sealed class ReadyOperation(RunOperation operation, long bytes) : IExportableRun
    {
        public Guid RunId => operation.RunId;

        public RunOperation? TakeOperation(out long capturedBytes)
        {
            capturedBytes = bytes;
            return operation;
        }
    }
}
