using ChatClient;
using LangSmith;
using Microsoft.Extensions.AI;
using QuickStart;

// Without LANGSMITH_ENDPOINT a server starts inside this process, on a free port.
await using var target = await Target.OpenAsync();
await using var tracer = new LangSmithTracer(target.Options);
await using var langsmith = new LangSmithClient(target.Options, tracer);
LangSmithTracer.Default = tracer;

// A model that needs no key; any other IChatClient goes here, such as OpenAI's AsIChatClient().
using var client = new WeatherModel().AsBuilder()
    .UseLangSmith()
    .UseFunctionInvocation()
    .UseLangSmith()
    .Build();
var weather = AIFunctionFactory.Create((string city) => $"rain in {city}", "weather", "Tells the weather of a city.");

var id = Uuid7.NewGuid();
var response = await client.GetResponseAsync("Will it rain in Paris?", new ChatOptions { Tools = [weather] }.WithRunId(id));
Console.WriteLine(response.Text);

// The id was known before the request; the response tells it too.
await langsmith.CreateFeedbackAsync(response.GetLangSmithRunId()!.Value, "user_score", 1);
await tracer.FlushAsync();
Console.WriteLine(await langsmith.GetRunUrlAsync(id));

if (!Console.IsInputRedirected)
{
    Console.WriteLine("Press Enter to stop.");
    Console.ReadLine();
}
