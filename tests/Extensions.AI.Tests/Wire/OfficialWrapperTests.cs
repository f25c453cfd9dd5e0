using System.ClientModel;
using System.Text.Json.Nodes;
using Extensions.AI.Tests.OpenAI;
using LangSmith.Extensions.AI;
using LangSmith.Testing;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Extensions.AI.Tests.Wire;

/// <summary>
/// Field by field, what <c>wrapOpenAI</c> and <c>wrapAISDK</c> of langsmith 0.12.0 sent for the same calls is there, or its absence is
/// intended: the tables here are those of docs/extensions-ai.md.
/// </summary>
public sealed class OfficialWrapperTests(OpenAIServer server) : IClassFixture<OpenAIServer>
{
    private static readonly Dictionary<string, string> s_leftOutMetadata = new(StringComparer.Ordinal)
    {
        ["LANGSMITH_TRACING"] = "environment variables stay here",
        ["ls_agent_type"] = "a root is a run without a parent",
        ["ai_sdk_method"] = "a method of the AI SDK for JavaScript",
        ["ls_integration"] = "the AI SDK for JavaScript",
        ["stream_options"] = "the framework asks for the usage by itself and does not say so",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WrapOpenAI_Chat()
    {
        using var capture = RunCapture.Start();
        var official = Assert.Single(OfficialRun.InRecording("js-wrapOpenAI-chat"));
        var client = OpenAI(new LangSmithClientOptions
        {
            Name = "MyChat",
            Tags = ["base", "x"],
            Metadata = new Dictionary<string, object?> { ["base"] = 1, ["m"] = 1 },
            ProjectName = "oai",
        });
        var options = new ChatOptions { Temperature = 0.1f, MaxOutputTokens = 5, StopSequences = ["X"], Seed = 1 };

        await client.GetResponseAsync("hi", options.WithRunId(Id(official)), Cancellation);

        var run = Assert.Single(capture.Runs);
        CompareMain(official, run);
        AssertSame(official.Inputs["args"]![0]!["messages"], run.Inputs!["messages"]);
        CompareOpenAIOutputs(official, run);
        CompareMetadata(official, run);
    }

    [Fact]
    public async Task WrapOpenAI_ChatStream()
    {
        using var capture = RunCapture.Start(options => options.ProjectName = "wire-tests");
        var official = Assert.Single(OfficialRun.InRecording("js-wrapOpenAI-chat-stream"));
        var client = OpenAI(new LangSmithClientOptions { Name = "ChatOpenAI", TokenEventsMax = int.MaxValue });

        await client.GetStreamingResponseAsync("hi", new ChatOptions().WithRunId(Id(official)), Cancellation).ToChatResponseAsync(Cancellation);

        var run = Assert.Single(capture.Runs);
        CompareMain(official, run);
        AssertSame(official.Inputs["args"]![0]!["messages"], run.Inputs!["messages"]);
        CompareOpenAIOutputs(official, run);
        CompareMetadata(official, run);
        Assert.Equal(official.Events.Select(e => (string?)e!["name"]), run.Events.Select(e => (string?)e!["name"]));
    }

    [Fact]
    public async Task WrapAISDK_GenerateText()
    {
        using var capture = RunCapture.Start(options => options.ProjectName = "wire-tests");
        var official = OfficialRun.InRecording("js-wrapAISDK-generateText");
        var shared = new LangSmithClientOptions { Tags = ["t"], Metadata = new Dictionary<string, object?> { ["m"] = 1 } };
        var client = new MockModel().AsBuilder().UseLangSmith(shared with { Name = "my-gen" }).UseFunctionInvocation()
            .UseLangSmith(shared with { Name = "mock-model" }).Build();
        ChatMessage[] messages = [new(ChatRole.System, "sys"), new(ChatRole.User, "Hi there")];

        await client.GetResponseAsync(messages, new ChatOptions { Temperature = 0.2f }.WithRunId(Id(official[0])), Cancellation);

        CompareConversation(official, capture.Runs);
        AssertSame(official[1].Inputs["temperature"], capture.Runs[1].Metadata["ls_temperature"]);
        AssertSame(official[1].Outputs["usage_metadata"], capture.Runs[1].Outputs!["usage_metadata"]);
    }

    [Fact]
    public async Task WrapAISDK_StreamText()
    {
        using var capture = RunCapture.Start(options => options.ProjectName = "wire-tests");
        var official = OfficialRun.InRecording("js-wrapAISDK-streamText");
        var shared = new LangSmithClientOptions { Name = "mock-model", Metadata = new Dictionary<string, object?> { ["s"] = 1 } };
        var client = new MockModel().AsBuilder().UseLangSmith(shared).UseFunctionInvocation().UseLangSmith(shared).Build();

        await client.GetStreamingResponseAsync("hi", new ChatOptions().WithRunId(Id(official[0])), Cancellation).ToChatResponseAsync(Cancellation);

        CompareConversation(official, capture.Runs);
        // The official wrapper marks the end as well, which the run's end time says.
        Assert.Equal(["new_token", "end"], official[1].Events.Select(e => (string?)e!["name"]));
        Assert.Equal("new_token", (string?)Assert.Single(capture.Runs[1].Events)!["name"]);
    }

    private static Guid Id(OfficialRun run) => Guid.Parse((string)run.Main["id"]!);

    private static void CompareConversation(IReadOnlyList<OfficialRun> official, IReadOnlyList<CapturedRun> own)
    {
        Assert.Equal(official.Count, own.Count);
        foreach (var (theirs, ours) in official.Zip(own))
        {
            CompareMain(theirs, ours);
            CompareMetadata(theirs, ours);
            // One text: they write a list of parts, this one the text.
            Assert.Equal(("assistant", Text(theirs.Outputs["content"])), ((string?)ours.Outputs!["messages"]![0]!["role"], (string?)ours.Outputs["messages"]![0]!["content"]));
        }

        foreach (var (theirs, ours) in official[1].Inputs["messages"]!.AsArray().Zip(own[1].Inputs!["messages"]!.AsArray()))
        {
            Assert.Equal(((string?)theirs!["role"], Text(theirs["content"])), ((string?)ours!["role"], (string?)ours["content"]));
        }
    }

    private static void CompareMain(OfficialRun official, CapturedRun own)
    {
        Assert.Equal((string?)official.Main["name"], own.Name);
        Assert.Equal((string?)official.Main["run_type"], own.RunType);
        Assert.Equal((string?)official.Main["session_name"], own.ProjectName);
        Assert.Equal(official.Main["parent_run_id"] is null, own.ParentRunId is null);
        Assert.Equal(official.Main["tags"]?.AsArray().Select(tag => (string?)tag) ?? [], own.Tags);
        Assert.NotNull(own.EndTime);
        Assert.Null(own.Error);
        if (own.ParentRunId is null)
        {
            Assert.Equal(Id(official), own.Id);
        }
    }

    private static void CompareOpenAIOutputs(OfficialRun official, CapturedRun own)
    {
        var choice = official.Outputs["choices"]![0]!;
        Assert.Equal((string?)official.Outputs["id"], (string?)own.Outputs!["id"]);
        Assert.Equal((string?)official.Outputs["model"], (string?)own.Outputs["model"]);
        Assert.Equal((string?)choice["finish_reason"], (string?)own.Outputs["finish_reason"]);
        Assert.Equal((string?)choice["message"]!["role"], (string?)own.Outputs["messages"]![0]!["role"]);
        Assert.Equal((string?)choice["message"]!["content"], (string?)own.Outputs["messages"]![0]!["content"]);
        AssertSame(Known(official.Outputs["usage_metadata"]), Known(own.Outputs["usage_metadata"]));
    }

    private static void CompareMetadata(OfficialRun official, CapturedRun own)
    {
        foreach (var (key, value) in official.Metadata.Where(entry => !s_leftOutMetadata.ContainsKey(entry.Key)))
        {
            var expected = Known(value);
            if (key == "usage_metadata")
            {
                AssertSame(expected, Known(own.Metadata[key]));
            }
            else if (expected is not JsonObject { Count: 0 })
            {
                AssertSame(expected, own.Metadata[key]);
            }
        }
    }

    /// <summary>Without what is left out on purpose: audio counts, empty details, parameters that the framework sets by itself.</summary>
    private static JsonNode? Known(JsonNode? node)
    {
        if (node?.DeepClone() is not JsonObject json)
        {
            return node;
        }

        foreach (var key in s_leftOutMetadata.Keys.Append("audio"))
        {
            json.Remove(key);
        }

        foreach (var (key, value) in json.ToArray())
        {
            json[key] = Known(value)?.DeepClone();
            if (json[key] is JsonObject { Count: 0 })
            {
                json.Remove(key);
            }
        }

        return json;
    }

    private static string? Text(JsonNode? content) => content is JsonArray parts ? (string?)Assert.Single(parts)!["text"] : (string?)content;

    private static void AssertSame(JsonNode? expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected?.ToJsonString()} became {actual?.ToJsonString()}");

    private IChatClient OpenAI(LangSmithClientOptions options) =>
        new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = server.Url })
            .GetChatClient("gpt-4o-mini").AsIChatClient().AsBuilder().UseLangSmith(options).Build();
}
