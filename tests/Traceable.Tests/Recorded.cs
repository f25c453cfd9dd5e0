using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Export;

namespace Traceable.Tests;

/// <summary>A tracer whose runs end in memory, for the flow of one test.</summary>
internal sealed class Recorded : IRunQueue, IDisposable
{
    private readonly List<IExportableRun> _queued = [];
    private readonly Dictionary<Guid, JsonObject> _runs = [];
    private readonly IDisposable _use;

    public Recorded(Action<LangSmithOptions>? configure = null)
    {
        var options = new LangSmithOptions { TracingEnabled = true, ProjectName = "tests", Endpoint = new Uri("http://localhost") };
        configure?.Invoke(options);
        Tracer = new LangSmithTracer(options, _ => this);
        _use = Tracer.Use();
    }

    public LangSmithTracer Tracer { get; }

    public ExportCounters Counters => new();

    /// <summary>All runs so far, in the order of their dotted orders.</summary>
    public IReadOnlyList<JsonObject> Runs
    {
        get
        {
            Drain();
            return [.. _runs.Values.OrderBy(run => (string?)run["dotted_order"], StringComparer.Ordinal)];
        }
    }

    public JsonObject this[string name] => Assert.Single(Runs, run => (string?)run["name"] == name);

    public bool TryEnqueue(IExportableRun run, int capturedBytes)
    {
        lock (_queued)
        {
            _queued.Add(run);
        }

        return true;
    }

    public bool TryEnqueue(FeedbackOperation feedback) => true;

    public void AddBytes(int capturedBytes)
    {
    }

    public Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => Task.FromResult(true);

    public void Dispose() => _use.Dispose();

    private void Drain()
    {
        IExportableRun[] queued;
        lock (_queued)
        {
            queued = [.. _queued];
            _queued.Clear();
        }

        foreach (var run in queued)
        {
            if (run.TakeOperation(out _) is { } operation)
            {
                Take(operation);
            }
        }
    }

    private void Take(RunOperation operation)
    {
        if (!_runs.TryGetValue(operation.RunId, out var run))
        {
            run = new JsonObject
            {
                ["id"] = operation.RunId.ToString(),
                ["name"] = operation.Name,
                ["run_type"] = operation.RunType,
                ["dotted_order"] = operation.DottedOrder,
                ["parent_run_id"] = operation.ParentRunId?.ToString(),
                ["project"] = operation.ProjectName,
            };
            _runs.Add(operation.RunId, run);
        }

        run["ended"] = operation.EndTime is not null;
        run["error"] = operation.Error ?? run["error"]?.DeepClone();
        Set("inputs", operation.Inputs);
        Set("outputs", operation.Outputs);
        Set("extra", operation.Extra);
        Set("events", operation.Events);
        if (operation.Tags is { } tags)
        {
            run["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
        }

        void Set(string name, ReadOnlyMemory<byte> json)
        {
            if (!json.IsEmpty)
            {
                run[name] = JsonNode.Parse(json.Span);
            }
        }
    }
}
