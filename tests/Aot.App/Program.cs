using System.Runtime.CompilerServices;
using Aot.App;
using LangSmith;
using Microsoft.Extensions.DependencyInjection;

using var collector = new Collector();
var options = new LangSmithOptions
{
    TracingEnabled = true,
    Endpoint = collector.Address,
    ApiKey = "none",
    ProjectName = "aot",
    JsonOptions = new() { TypeInfoResolver = AppJson.Default },
};
using var tracer = new LangSmithTracer(options);
using var use = tracer.Use();
var id = Uuid7.NewGuid();

await using var services = new ServiceCollection().AddSingleton<Assistant>().AddTraced<IAnswers, Answers>(ServiceLifetime.Singleton).BuildServiceProvider();
var assistant = services.GetRequiredService<Assistant>();
await assistant.AskAsync(new Question("why"), new RunOptions { RunId = id });
await foreach (var word in assistant.StreamAsync("one two"))
{
    Console.WriteLine(word);
}

using (var run = Traceable.StartRun("scope", new() { RunType = "tool" }))
{
    run.SetInputs(new Dictionary<string, object?> { ["number"] = 1 });
    run.End(new Answer("scoped", 1));
}

await Traceable.Wrap(async (string question) => question.Length, new() { Name = "wrapped" }).Invoke("why");
try
{
    Traceable.Run("failing", int (RunTree _) => throw new InvalidOperationException("boom"));
}
catch (InvalidOperationException)
{
    // What is looked for below is its trace.
}

var flushed = await tracer.FlushAsync(TimeSpan.FromSeconds(30));
string[] wanted =
[
    id.ToString(), "AskAsync", "Hidden", "Echo", "decorated", "StreamAsync", "scope", "wrapped", "failing",
    """{"question":{"Text":"why"},"retries":1}""", """{"Text":"because","Score":0.5}""", """["one","two"]""", "InvalidOperationException: boom",
];
var missing = wanted.Where(text => !collector.Received.Contains(text, StringComparison.Ordinal)).ToArray();
Console.WriteLine($"dynamic code: {RuntimeFeature.IsDynamicCodeSupported}; flushed: {flushed}; missing: {string.Join(", ", missing)}");
return flushed && missing.Length == 0 ? 0 : 1;
