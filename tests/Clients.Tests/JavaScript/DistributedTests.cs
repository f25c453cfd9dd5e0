using System.Text.Json;
using Clients.Tests.Support;
using LangSmith;

namespace Clients.Tests.JavaScript;

/// <summary>One trace through C#, the official JavaScript client, and C# again.</summary>
public sealed class DistributedTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Headers_CSharpToJavaScriptToCSharp_AreOneTrace()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new LangSmithOptions { TracingEnabled = true, Endpoint = server.Url, ProjectName = "dist proj" };
        await using var tracer = new LangSmithTracer(options);
        var (first, last) = (Uuid7.NewGuid(), Uuid7.NewGuid());
        IReadOnlyDictionary<string, string> sent;
        using (var run = tracer.StartRun("first", new RunOptions { RunId = first, Tags = ["a", "b"], Metadata = new Dictionary<string, object?> { ["user id"] = "ü 1" } }))
        {
            sent = run.ToHeaders();
        }

        var result = await NodeScript.PlayAsync("distributed", server.Url, new { headers = sent }, cancellation);

        using (tracer.Use())
        using (Traceable.ContinueFrom(Headers(result.GetProperty("onward"))))
        using (Traceable.StartRun("last", new RunOptions { RunId = last }))
        {
        }

        Assert.True(await tracer.FlushAsync(TimeSpan.FromMinutes(1), cancellation));
        // The other client reads what this one writes, and writes the same.
        Assert.Equal(sent["langsmith-trace"], result.GetProperty("again").GetProperty("langsmith-trace").GetString());
        Assert.Equal(sent["baggage"], result.GetProperty("again").GetProperty("baggage").GetString());
        var stored = await server.ReadRunAsync(last);
        Assert.Equal(first, stored.GetProperty("trace_id").GetGuid());
        var middle = await server.ReadRunAsync(stored.GetProperty("parent_run_id").GetGuid());
        Assert.Equal(("middle", first), (middle.GetProperty("name").GetString(), middle.GetProperty("parent_run_id").GetGuid()));
        Assert.Equal(first, middle.GetProperty("trace_id").GetGuid());
        var project = (await server.ReadRunAsync(first)).GetProperty("session_id").GetGuid();
        Assert.All([stored, middle], run => Assert.Equal(project, run.GetProperty("session_id").GetGuid()));
        // The other client hands metadata on to the runs below, and tags not.
        Assert.Equal("ü 1", stored.GetProperty("extra").GetProperty("metadata").GetProperty("user id").GetString());
    }

    private static IEnumerable<KeyValuePair<string, string?>> Headers(JsonElement headers) =>
        headers.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()));
}
