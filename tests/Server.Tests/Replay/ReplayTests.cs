using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Server.Tests.Support;

namespace Server.Tests.Replay;

/// <summary>Every recorded scenario of the official SDKs that writes, sent to a real server, once and then all of it again.</summary>
public sealed class ReplayTests(TestServer shared) : IClassFixture<TestServer>
{
    public static TheoryData<string> Recordings => [.. Recording.Names];

    [Theory]
    [Proves("POST /api/v1/runs/multipart", "GET /api/v1/attachments/{signed}")]
    [MemberData(nameof(Recordings))]
    public async Task Recording_SentTwice_GivesTheRunsThatItsBodiesDescribe(string name)
    {
        var recording = Recording.Load(name);
        // Clients send ids of workspaces that they made up: those lead to the default one.
        await using var server = recording.Requests.Any(request => request.NamesAWorkspace) ? await TestServer.StartAsync() : await shared.AddWorkspaceAsync();
        var expected = ExpectedRuns.Of(recording);
        for (var time = 0; time < 2; time++)
        {
            await SendAsync(server, recording);
            foreach (var (id, run) in expected)
            {
                await AssertRunAsync(server, id, run);
            }

            await AssertTracesAsync(server, expected);
            await AssertFeedbackAsync(server, recording);
        }
    }

    internal static async Task SendAsync(TestServer server, Recording recording)
    {
        foreach (var request in recording.Requests.Where(r => r.TakesRuns || r.TakesFeedback))
        {
            using var response = await request.SendAsync(server.Http, TestServer.Cancellation);
            var text = await response.Content.ReadAsStringAsync(TestServer.Cancellation);
            var wanted = request.TakesRuns ? HttpStatusCode.Accepted : HttpStatusCode.OK;
            Assert.True(response.StatusCode == wanted, $"{request.Method} {request.Path} answered {(int)response.StatusCode}: {text}");
        }
    }

    private static async Task AssertRunAsync(TestServer server, Guid id, ExpectedRun expected)
    {
        var run = await server.GetAsync($"/runs/{id}");
        Assert.Equal(id, run.GetProperty("id").GetGuid());
        if (expected.HasSeveralStarts)
        {
            return;
        }

        foreach (var field in (string[])["name", "run_type", "error"])
        {
            Assert.Equal(expected[field]?.ToString(), Text(run, field));
        }

        foreach (var field in (string[])["trace_id", "parent_run_id", "reference_example_id", "dotted_order"])
        {
            if (expected[field] is { } given)
            {
                Assert.Equal(given.ToString(), Text(run, field), ignoreCase: true);
            }
        }

        foreach (var field in (string[])["start_time", "end_time"])
        {
            if (expected[field] is { } given)
            {
                Assert.Equal(Instant(given), run.GetProperty(field).GetDateTimeOffset());
            }
        }

        foreach (var field in (string[])["inputs", "outputs", "events"])
        {
            AssertJson(expected[field], run.GetProperty(field), $"{id} {field}");
        }

        AssertJson(expected["tags"] ?? new JsonArray(), run.GetProperty("tags"), $"{id} tags");
        foreach (var section in (string[])["metadata", "runtime"])
        {
            foreach (var (key, value) in expected.Extra(section))
            {
                AssertJson(value, run.GetProperty("extra").GetProperty(section).GetProperty(key), $"{id} extra.{section}.{key}");
            }
        }

        var status = expected["error"] is not null ? "error" : expected["end_time"] is not null ? "success" : "pending";
        Assert.Equal(status, Text(run, "status"));
        await AssertAttachmentsAsync(server, run, expected);
    }

    private static async Task AssertAttachmentsAsync(TestServer server, JsonElement run, ExpectedRun expected)
    {
        if (expected.Attachments.Count == 0)
        {
            Assert.Equal(JsonValueKind.Null, run.GetProperty("s3_urls").ValueKind);
            return;
        }

        Assert.Equal(
            expected.Attachments.Keys.Select(n => $"attachment.{n}").Order(StringComparer.Ordinal),
            run.GetProperty("s3_urls").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        foreach (var (name, (type, bytes)) in expected.Attachments)
        {
            var attachment = run.GetProperty("s3_urls").GetProperty($"attachment.{name}");
            Assert.Equal(type, attachment.GetProperty("mime_type").GetString());
            // Without any key or header, as clients fetch it.
            using var plain = new HttpClient();
            Assert.Equal(bytes, await plain.GetByteArrayAsync(attachment.GetProperty("presigned_url").GetString(), TestServer.Cancellation));
        }
    }

    /// <summary>Each trace lists exactly its runs: nothing doubled, nothing lost.</summary>
    private static async Task AssertTracesAsync(TestServer server, IReadOnlyDictionary<Guid, ExpectedRun> expected)
    {
        foreach (var trace in expected.Where(r => r.Value["trace_id"] is not null).GroupBy(r => Guid.Parse(r.Value["trace_id"]!.ToString()), r => r.Key))
        {
            var page = await server.PostAsync("/runs/query", new { trace = trace.Key });
            Assert.Equal(trace.Order(), page.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("id").GetGuid()).Order());
        }
    }

    private static async Task AssertFeedbackAsync(TestServer server, Recording recording)
    {
        var given = recording.Requests.Where(r => r.TakesFeedback).Select(r => r.Json)
            .Concat(recording.Requests.SelectMany(r => r.Parts).Where(p => p.Name.StartsWith("feedback.", StringComparison.Ordinal)).Select(p => p.Json));
        foreach (var feedback in given)
        {
            var read = await server.GetAsync($"/feedback/{feedback.GetProperty("id").GetGuid()}");
            foreach (var field in (string[])["key", "score", "value", "comment", "correction", "run_id", "extra"])
            {
                if (feedback.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null)
                {
                    AssertJson(JsonNode.Parse(value.GetRawText()), read.GetProperty(field), $"feedback {field}");
                }
            }

            if (read.GetProperty("run_id") is { ValueKind: JsonValueKind.String } runId)
            {
                var ofRun = await server.GetAsync($"/feedback?run={runId.GetGuid()}");
                Assert.Single(ofRun.EnumerateArray(), f => f.GetProperty("id").GetGuid() == read.GetProperty("id").GetGuid());
            }
        }
    }

    private static string? Text(JsonElement run, string field) => run.GetProperty(field).GetString();

    /// <summary>Numbers are Unix milliseconds; a text without a zone is UTC.</summary>
    private static DateTimeOffset Instant(JsonNode given) => given.GetValueKind() == JsonValueKind.Number
        ? DateTimeOffset.FromUnixTimeMilliseconds(given.GetValue<long>())
        : DateTimeOffset.Parse(given.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static void AssertJson(JsonNode? expected, JsonElement actual, string what) =>
        Assert.True(
            JsonNode.DeepEquals(expected, JsonNode.Parse(actual.GetRawText())),
            $"{what}: expected {expected?.ToJsonString() ?? "null"}, got {actual.GetRawText()}");
}
