using LangSmith;
using QuickStart;

var keep = args.Contains("--keep");

// Without LANGSMITH_ENDPOINT a server starts inside this process, on a free port, with its data in a temporary folder.
await using var target = await Target.OpenAsync();
await using var tracer = new LangSmithTracer(target.Options);
await using var client = new LangSmithClient(target.Options, tracer);
LangSmithTracer.Default = tracer;

Console.WriteLine($"Tracing to {target.Options.Endpoint}, project {target.Options.ProjectName}");
var ids = await Pipeline.RunAsync(client);
if (!await tracer.FlushAsync(TimeSpan.FromSeconds(30)))
{
    Console.Error.WriteLine("The server did not take everything within 30 s.");
    return 1;
}

var report = new Report(client);
await report.PrintTreeAsync(ids.Root);
await report.PrintFeedbackAsync(ids.Root);
await report.PrintRunAsync(ids.Retried, "sent twice under one deterministic id");
await report.PrintLinksAsync(ids);
Console.WriteLine($"Entries: {tracer.Counters.Enqueued} enqueued, {tracer.Counters.Delivered} delivered, {tracer.Counters.Dropped} dropped");

if (keep)
{
    Console.WriteLine("Staying up; press Ctrl+C to stop.");
    var stop = new TaskCompletionSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        stop.TrySetResult();
    };
    await stop.Task;
}

return 0;
