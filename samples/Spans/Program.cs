using System.Diagnostics;
using LangSmith;
using OpenTelemetry;
using OpenTelemetry.Trace;
using QuickStart;

// Without LANGSMITH_ENDPOINT a server starts inside this process, on a free port.
await using var target = await Target.OpenAsync();
await using var client = new LangSmithClient(target.Options);

using var source = new ActivitySource("Shop");
using var provider = Sdk.CreateTracerProviderBuilder()
    .AddSource(source.Name)
    .AddLangSmithExporter(options => (options.Endpoint, options.ProjectName) = (target.Options.Endpoint, target.Options.ProjectName))
    .Build();

// Known before the span begins: it can be judged at once.
var id = Uuid7.NewGuid();
await client.CreateFeedbackAsync(id, "user_score", 1);
using (source.StartActivity("answer")?.SetLangSmithRunId(id))
using (source.StartActivity("search"))
{
}

provider.ForceFlush();
var answer = await client.WaitForRunAsync(id);
await foreach (var run in client.ListRunsAsync(new RunQuery { ParentRunId = answer.Id }))
{
    Console.WriteLine($"{answer.Name} > {run.Name}");
}

Console.WriteLine(await client.GetRunUrlAsync(id));
