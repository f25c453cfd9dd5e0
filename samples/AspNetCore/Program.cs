using AspNetCore;
using LangSmith;
using QuickStart;

// Without LANGSMITH_ENDPOINT a server starts inside this process, on a free port.
await using var target = await Target.OpenAsync();

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddLangSmith(options =>
    (options.TracingEnabled, options.Endpoint, options.ProjectName) = (true, target.Options.Endpoint, target.Options.ProjectName));
builder.Services.AddHttpClient("stock").AddLangSmithPropagation("127.0.0.1");

await using var app = builder.Build();
app.UseLangSmith();
app.MapGet("/stock/{article}", (string article) => Stock.Count(article));
await app.StartAsync();

// As another service would: the call carries the trace, and what the request runs is below the caller's run.
var id = Uuid7.NewGuid();
using (var run = Traceable.StartRun("order", new() { RunId = id, Inputs = new { article = "book" } }))
{
    using var http = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("stock");
    run.End(new { stock = await http.GetStringAsync(new Uri($"{app.Urls.First()}/stock/book")) });
}

var client = app.Services.GetRequiredService<LangSmithClient>();
var order = await client.WaitForRunAsync(id);
await foreach (var run in client.ListRunsAsync(new RunQuery { ParentRunId = order.Id }))
{
    Console.WriteLine($"{order.Name} > {run.Name}");
}

Console.WriteLine(await client.GetRunUrlAsync(id));
await app.StopAsync();
