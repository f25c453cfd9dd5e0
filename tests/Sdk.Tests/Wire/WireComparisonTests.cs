using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Sdk.Tests.Export;

namespace LangSmith.Sdk.Tests.Wire;

/// <summary>What this SDK puts on the wire means the same as what the official Python client put there for the same code.</summary>
public sealed class WireComparisonTests : IAsyncLifetime
{
    /// <summary>Fields that the official client sends and this one does not, and why.</summary>
    private static readonly Dictionary<string, string> s_leftOut = new(StringComparer.Ordinal)
    {
        ["replicas"] = "always empty, and no server reads it",
        ["session_id"] = "null beside session_name",
        ["parent_run_id"] = "null for a root",
    };

    /// <summary>Metadata that the official client adds by itself, and this one does not.</summary>
    private static readonly Dictionary<string, string> s_leftOutMetadata = new(StringComparer.Ordinal)
    {
        ["ls_method"] = "says which API of Python made the run",
        ["LANGSMITH_TRACING"] = "environment variables stay here",
        ["LANGSMITH_ENDPOINT"] = "environment variables stay here",
        ["LANGSMITH_PROJECT"] = "environment variables stay here",
        ["usage_metadata"] = "a copy of what the outputs say; servers read both places",
    };

    private MockServer _server = null!;
    private LangSmithTracer _tracer = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await MockServer.StartAsync();
        var options = new LangSmithOptions { TracingEnabled = true, Endpoint = _server.Url, ApiKey = "key", ProjectName = "wire-tests", SamplingRate = 1, RunsEndpoints = [] };
        options.Export.BatchAgeMax = LeapingTime.Never;
        _tracer = new LangSmithTracer(options);
    }

    public async ValueTask DisposeAsync()
    {
        await _tracer.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public Task Plain() => CompareAsync("py-traceable-plain", () =>
    {
        Traceable.Wrap((object x) => new { y = 2 }, new TraceableOptions { Name = "plain" }).Invoke(new { a = 1 });
        return Task.CompletedTask;
    });

    [Fact]
    public Task Nested() => CompareAsync("py-nested", () =>
    {
        var leaf = Traceable.Wrap((int x) => x * 2, new TraceableOptions { Name = "leaf", RunType = "tool" });
        var middle = Traceable.Wrap((int x) => new[] { leaf.Invoke(x), leaf.Invoke(x + 1) }, new TraceableOptions { Name = "mid" });
        Traceable.Wrap((Dictionary<string, int> x) => new { r = middle.Invoke(x["v"]) }, new TraceableOptions { Name = "root" })
            .Invoke(new Dictionary<string, int> { ["v"] = 1 });
        return Task.CompletedTask;
    });

    [Fact]
    public Task Error() => CompareAsync("py-error", () =>
    {
        var failing = Traceable.Wrap(new Func<object, int>(a => throw new InvalidOperationException("boom")), new TraceableOptions { Name = "err" });
        Assert.Throws<InvalidOperationException>(() => failing.Invoke(new { a = 1 }));
        return Task.CompletedTask;
    });

    [Fact]
    public Task SlowRun() => CompareAsync("py-slow-run-separate-patch", async () =>
    {
        using var run = Traceable.StartRun("slow", new RunOptions
        {
            Inputs = new { x = new { a = 1 } },
            Tags = ["a"],
            Metadata = new Dictionary<string, object?> { ["m"] = 1 },
        });
        await _tracer.FlushAsync();
        run.End(new { y = 1 });
    });

    [Fact]
    public Task Usage() => CompareAsync("py-usage-metadata", () =>
    {
        using (var first = Traceable.StartRun("llm1", new RunOptions
        {
            RunType = "llm",
            Inputs = new { messages = Array.Empty<object>() },
            Metadata = new Dictionary<string, object?> { ["ls_provider"] = "openai", ["ls_model_name"] = "gpt-x" },
        }))
        {
            first.End(new { role = "assistant", content = "hi", usage_metadata = new { input_tokens = 3, output_tokens = 4, total_tokens = 7 } });
        }

        using var second = Traceable.StartRun("llm2", new RunOptions { RunType = "llm", Inputs = new { messages = Array.Empty<object>() } });
        second.AddMetadata("usage_metadata", new { input_tokens = 1, output_tokens = 2, total_tokens = 3 });
        second.End(new { content = "yo" });
        return Task.CompletedTask;
    });

    [Fact]
    public Task Attachments() => CompareAsync("py-attachments", () =>
    {
        using var run = Traceable.StartRun("att", new RunOptions { Inputs = new { rest = 1 } });
        foreach (var (name, (type, length)) in WireRun.InRecording("py-attachments")[0].Files)
        {
            run.Attach(name, type, Encoding.ASCII.GetBytes(new string('x', length)));
        }

        run.End(new { ok = 1 });
        return Task.CompletedTask;
    });

    private async Task CompareAsync(string recording, Func<Task> scenario)
    {
        using (_tracer.Use())
        {
            await scenario();
        }

        Assert.True(await _tracer.FlushAsync());
        var expected = WireRun.InRecording(recording).OrderBy(Order, StringComparer.Ordinal).ToArray();
        var actual = WireRun.Received(_server).OrderBy(Order, StringComparer.Ordinal).ToArray();
        Assert.Equal(expected.Select(run => run.Kind), actual.Select(run => run.Kind));
        foreach (var (official, own) in expected.Zip(actual))
        {
            CompareMain(official, own);
            ComparePayloads(official, own);
            CompareMetadata(official, own);
            Assert.Equal(official.Files, own.Files);
        }
    }

    private static string Order(WireRun run) => $"{(string?)run.Main["dotted_order"]} {(run.Kind == "post" ? 0 : 1)}";

    private static void CompareMain(WireRun official, WireRun own)
    {
        foreach (var (field, value) in official.Main)
        {
            if (value is null || s_leftOut.ContainsKey(field) || (value is JsonArray { Count: 0 }))
            {
                continue;
            }

            // An update that adds no tags says none; the official client repeats them.
            if (own.Kind == "patch" && field == "tags")
            {
                continue;
            }

            Assert.True(own.Main.ContainsKey(field), $"{official.Main["name"]}: {field} is missing.");
            Assert.Equal(official.KindOf(field), own.KindOf(field));
        }

        Assert.Equal((string?)official.Main["name"], (string?)own.Main["name"]);
        Assert.Equal((string?)official.Main["session_name"], (string?)own.Main["session_name"]);
        Assert.Equal(official.Main["parent_run_id"] is null, own.Main["parent_run_id"] is null);
        Assert.Equal(Segments(official), Segments(own));
        Assert.EndsWith((string)own.Main["id"]!, (string)own.Main["dotted_order"]!, StringComparison.Ordinal);
        Assert.True(DateTimeOffset.TryParse((string)own.Main["start_time"]!, CultureInfo.InvariantCulture, out _));
        Assert.Equal(official.Main.ContainsKey("end_time"), own.Main.ContainsKey("end_time"));
    }

    private static int Segments(WireRun run) => ((string)run.Main["dotted_order"]!).Split('.').Length;

    private static void ComparePayloads(WireRun official, WireRun own)
    {
        foreach (var part in (string[])["inputs", "outputs"])
        {
            var (expected, actual) = (official.Parts.GetValueOrDefault(part), own.Parts.GetValueOrDefault(part));
            // An official client that has nothing to say says {} or {"output":null}; this one says nothing.
            if (expected is JsonObject { Count: 0 } || (expected?["output"] is null && expected is JsonObject { Count: 1 } && expected.AsObject().ContainsKey("output")))
            {
                Assert.True(actual is null || JsonNode.DeepEquals(expected, actual), $"{part}: {actual?.ToJsonString()}");
            }
            else
            {
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{part}: {expected?.ToJsonString()} became {actual?.ToJsonString()}");
            }
        }

        Assert.Equal(official.Parts.ContainsKey("error"), own.Parts.ContainsKey("error"));
        if (own.Parts.TryGetValue("error", out var error))
        {
            Assert.Equal(JsonValueKind.String, error!.GetValueKind());
            Assert.Contains("boom", (string)error!, StringComparison.Ordinal);
        }
    }

    private static void CompareMetadata(WireRun official, WireRun own)
    {
        if (!own.Parts.TryGetValue("extra", out var extra))
        {
            // An update that adds no metadata says none; the official client repeats it.
            Assert.Equal("patch", own.Kind);
            return;
        }

        var metadata = extra!["metadata"]!.AsObject();
        foreach (var (key, value) in official.Parts["extra"]!["metadata"]!.AsObject())
        {
            if (!s_leftOutMetadata.ContainsKey(key))
            {
                Assert.True(JsonNode.DeepEquals(value, metadata[key]), $"{key}: {value?.ToJsonString()} became {metadata[key]?.ToJsonString()}");
            }
        }

        Assert.Equal("langsmith-dotnet", (string?)extra["runtime"]!["sdk"]);
        Assert.All(official.Parts["extra"]!["runtime"]!.AsObject().Select(pair => pair.Key).Where(key => key.StartsWith("sdk", StringComparison.Ordinal)),
            key => Assert.NotNull(extra["runtime"]![key]));
    }
}
