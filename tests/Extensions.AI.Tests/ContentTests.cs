using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using LangSmith.Testing;
using Microsoft.Extensions.AI;

namespace Extensions.AI.Tests;

/// <summary>What the runs say of messages, tools, parameters, usage, and of streams that break off.</summary>
public sealed class ContentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_Parameters_AreNamedAsWrapOpenAINamesThem()
    {
        using var capture = RunCapture.Start();
        var options = new ChatOptions
        {
            TopP = 0.25f,
            TopK = 3,
            FrequencyPenalty = 1,
            PresencePenalty = 2,
            AllowMultipleToolCalls = false,
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh },
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElementOf("""{"type":"object"}"""), "answer"),
            ToolMode = ChatToolMode.RequireSpecific("weather"),
            AdditionalProperties = new() { ["service_tier"] = "flex", ["api_key"] = "sk-secret" },
        };

        await Client(_ => ScriptedModel.Text("Hello!")).GetResponseAsync("hi", options, Cancellation);

        var expected = JsonNode.Parse(
            """
            {"service_tier":"flex","top_p":0.25,"top_k":3,"frequency_penalty":1,"presence_penalty":2,"parallel_tool_calls":false,
             "reasoning_effort":"xhigh","response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},
             "tool_choice":{"type":"function","function":{"name":"weather"}}}
            """);
        var actual = Assert.Single(capture.Runs).Metadata["ls_invocation_params"];
        Assert.True(JsonNode.DeepEquals(expected, actual), actual!.ToJsonString());
        capture.AssertNothingLeaked("sk-secret");
    }

    [Fact]
    public async Task GetResponse_ContentsOfAllKinds_BecomePartsOfTheConversation()
    {
        using var capture = RunCapture.Start();
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("What is it?"), new DataContent("data:image/png;base64,AQID"), new UriContent("https://example.com/a.pdf", "application/pdf")]),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm."), new FunctionCallContent("call-1", "look", new Dictionary<string, object?> { ["deep"] = true })]),
            new(ChatRole.Tool, [new FunctionResultContent("call-1", new { found = 1 }), new FunctionResultContent("call-2", "plain")]),
            new(ChatRole.User, [new HostedVectorStoreContent("vs-1")]) { AuthorName = "ann" },
        ];

        await Client(_ => ScriptedModel.Text("A cat.")).GetResponseAsync(messages, new ChatOptions { Instructions = "In English." }, Cancellation);

        var expected = JsonNode.Parse(
            """
            {"messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}},
                {"type":"file","media_type":"application/pdf","url":"https://example.com/a.pdf"}]},
              {"role":"assistant","content":[{"type":"reasoning","text":"Hm."}],
                "tool_calls":[{"id":"call-1","type":"function","function":{"name":"look","arguments":"{\"deep\":true}"}}]},
              {"role":"tool","tool_call_id":"call-1","content":{"found":1}},
              {"role":"tool","tool_call_id":"call-2","content":"plain"},
              {"role":"user","name":"ann","content":[{"$type":"hostedVectorStore","vectorStoreId":"vs-1"}]}],
             "instructions":"In English."}
            """);
        var actual = Assert.Single(capture.Runs).Inputs;
        Assert.True(JsonNode.DeepEquals(expected, actual), actual!.ToJsonString());
    }

    [Fact]
    public async Task GetResponse_ToolsOfTheRequest_AreListedWithTheirSchema()
    {
        using var capture = RunCapture.Start();
        var tool = AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.");

        await Client(_ => ScriptedModel.Text("Hello!")).GetResponseAsync("hi", new ChatOptions { Tools = [tool, new HostedWebSearchTool()] }, Cancellation);

        var tools = Assert.Single(capture.Runs).Inputs!["tools"]!;
        Assert.Equal(("function", "weather", "Tells the weather."), ((string?)tools[0]!["type"], (string?)tools[0]!["function"]!["name"], (string?)tools[0]!["function"]!["description"]));
        Assert.NotNull(tools[0]!["function"]!["parameters"]!["properties"]!["city"]);
        Assert.Equal("web_search", (string?)tools[1]!["type"]);
    }

    [Fact]
    public async Task GetResponse_CacheWritesOfAProvider_AreCacheCreation()
    {
        using var capture = RunCapture.Start();
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello!"))
        {
            Usage = new UsageDetails { InputTokenCount = 9, AdditionalCounts = new() { ["cache_creation_input_tokens"] = 4 } },
        };

        await Client(_ => response).GetResponseAsync("hi", cancellationToken: Cancellation);

        Assert.Equal("""{"input_tokens":9,"output_tokens":0,"total_tokens":9,"input_token_details":{"cache_creation":4}}""",
            Assert.Single(capture.Runs).Outputs!["usage_metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task GetResponse_ToolThatFails_IsAToolRunWithItsError()
    {
        using var capture = RunCapture.Start();
        var tool = AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException($"no rain in {city}"), "weather");
        var call = ScriptedModel.Call("weather", "call-1", new Dictionary<string, object?> { ["city"] = "Paris" });
        call.ConversationId = "conv-1";
        var model = new ScriptedModel(_ => call, _ => ScriptedModel.Text("Sorry."));

        await model.AsBuilder().UseLangSmith().UseFunctionInvocation().UseLangSmith().Build()
            .GetResponseAsync("weather?", new ChatOptions { Tools = [tool], ConversationId = "conv-1" }, Cancellation);

        var run = capture.Single("weather");
        Assert.Contains("no rain in Paris", run.Error, StringComparison.Ordinal);
        Assert.All(capture.Runs, all => Assert.Equal("conv-1", (string?)all.Metadata["thread_id"]));
    }

    [Fact]
    public async Task GetResponse_ThreadOfTheApplication_BeatsTheConversationOfTheService()
    {
        using var capture = RunCapture.Start();
        using (LangSmith.Traceable.BeginScope(metadata: new Dictionary<string, object?> { ["session_id"] = "chat-7" }))
        {
            await Client(_ => ScriptedModel.Text("Hello!")).GetResponseAsync("hi", new ChatOptions { ConversationId = "resp_1" }, Cancellation);
        }

        var metadata = Assert.Single(capture.Runs).Metadata;
        Assert.Equal(("chat-7", null), ((string?)metadata["session_id"], (string?)metadata["thread_id"]));
    }

    [Fact]
    public async Task GetResponse_ConversationThatTheServiceBegins_IsTheThread()
    {
        using var capture = RunCapture.Start();
        var response = ScriptedModel.Text("Hello!");
        response.ConversationId = "conv-2";

        await Client(_ => response).GetResponseAsync("hi", cancellationToken: Cancellation);

        Assert.Equal("conv-2", (string?)Assert.Single(capture.Runs).Metadata["thread_id"]);
    }

    [Fact]
    public async Task GetResponse_Cancelled_SaysSoAndThrows()
    {
        using var capture = RunCapture.Start();
        using var source = new CancellationTokenSource();
        var client = Client(_ =>
        {
            source.Cancel();
            throw new OperationCanceledException(source.Token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("hi", cancellationToken: source.Token));

        Assert.StartsWith("Cancelled", Assert.Single(capture.Runs).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponse_ThatBreaksOff_KeepsWhatCameBesideTheError()
    {
        using var capture = RunCapture.Start();
        var client = new Breaking().AsBuilder().UseLangSmith().Build();
        var seen = new List<string>();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: Cancellation))
            {
                seen.Add(update.Text);
            }
        });

        var run = Assert.Single(capture.Runs);
        Assert.Equal(["Hel", "lo"], seen);
        Assert.Equal("Hello", (string?)run.Outputs!["messages"]![0]!["content"]);
        Assert.Contains("cable", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Events);
    }

    [Fact]
    public async Task GetResponse_ContentThatCannotBeRead_StillAnswers()
    {
        using var capture = RunCapture.Start();
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new Unreadable()]));

        Assert.Same(response, await Client(_ => response).GetResponseAsync("hi", cancellationToken: Cancellation));

        Assert.Contains("not serializable", Assert.Single(capture.Runs).Outputs!.ToJsonString(), StringComparison.Ordinal);
    }

    private static IChatClient Client(Func<IReadOnlyList<ChatMessage>, ChatResponse> answer) =>
        new ScriptedModel(answer).AsBuilder().UseLangSmith().Build();

    private static System.Text.Json.JsonElement JsonElementOf(string json) => System.Text.Json.JsonElement.Parse(json);

    private sealed class Unreadable : AIContent
    {
        public string Value => throw new InvalidOperationException("broken getter");
    }

    private sealed class Breaking : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Hel");
            yield return new ChatResponseUpdate(ChatRole.Assistant, "lo");
            throw new IOException("the cable broke");
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
