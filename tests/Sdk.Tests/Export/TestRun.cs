using System.Text;
using LangSmith.Export;
using LangSmith.Protocol;

namespace LangSmith.Sdk.Tests.Export;

/// <summary>The smallest run that keeps the queue's contract: enqueued at its start and its end, one entry while both are queued.</summary>
internal sealed class TestRun(IRunQueue queue, string name = "a run", TestRun? parent = null) : IExportableRun
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private bool _queued;
    private bool _createTaken;
    private bool _ended;
    private bool _endTaken;
    private long _announced;

    public Guid RunId { get; } = Uuid7.NewGuid();

    public Guid TraceId => parent?.TraceId ?? RunId;

    public string DottedOrder => Protocol.DottedOrder.Print(parent?.DottedOrder, _start, RunId);

    public string Inputs { get; init; } = """{"question":"why"}""";

    public string Outputs { get; init; } = """{"answer":42}""";

    public string? Error { get; init; }

    public IReadOnlyList<RunAttachment>? Attachments { get; init; }

    public static TestRun Whole(IRunQueue queue, string name = "a run") => new TestRun(queue, name).Start().End();

    public TestRun Start()
    {
        Enqueue(Inputs.Length);
        return this;
    }

    public TestRun End()
    {
        lock (_lock)
        {
            _ended = true;
        }

        Enqueue(Outputs.Length);
        return this;
    }

    public FeedbackOperation Feedback(bool withTrace = true)
    {
        var id = Uuid7.NewGuid();
        var trace = withTrace ? $"\"trace_id\":\"{TraceId}\"," : "";
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","run_id":"{{RunId}}",{{trace}}"key":"score","score":1}""");
        return new FeedbackOperation(id, RunId, withTrace ? TraceId : null, body);
    }

    public RunOperation? TakeOperation(out long capturedBytes)
    {
        lock (_lock)
        {
            _queued = false;
            capturedBytes = _announced;
            _announced = 0;
            var create = !_createTaken;
            var end = _ended && !_endTaken;
            _createTaken = true;
            _endTaken |= end;
            return create || end ? Operation(create, end) : null;
        }
    }

    private RunOperation Operation(bool create, bool end) => new()
    {
        IsCreate = create,
        RunId = RunId,
        TraceId = TraceId,
        ParentRunId = parent?.RunId,
        DottedOrder = DottedOrder,
        Name = name,
        RunType = RunTypes.Chain,
        ProjectName = "tests",
        StartTime = _start,
        EndTime = end ? _start.AddSeconds(1) : null,
        Tags = ["one"],
        Inputs = create ? Encoding.UTF8.GetBytes(Inputs) : default,
        Outputs = end ? Encoding.UTF8.GetBytes(Outputs) : default,
        Extra = """{"metadata":{"a":1}}"""u8.ToArray(),
        Error = end ? Error : null,
        Attachments = create ? Attachments : null,
    };

    private void Enqueue(int bytes)
    {
        lock (_lock)
        {
            if (_queued)
            {
                _announced += bytes;
                queue.AddBytes(bytes);
                return;
            }

            _queued = queue.TryEnqueue(this, bytes);
            _announced += _queued ? bytes : 0;
        }
    }
}
