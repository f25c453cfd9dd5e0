using System.Diagnostics;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Otlp;

/// <summary>The conventions under which libraries describe a model's call, each in both encodings of OTLP.</summary>
public sealed class DialectTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly Dictionary<string, object> s_empty = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GenAi_OldConvention_HasIndexedMessages(bool protobuf)
    {
        var run = await SendAsync(protobuf, "chat gpt-4o", new()
        {
            ["gen_ai.system"] = "openai",
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.request.model"] = "gpt-4o",
            ["gen_ai.request.temperature"] = 0.5,
            ["gen_ai.prompt.0.role"] = "system",
            ["gen_ai.prompt.0.content"] = "be short",
            ["gen_ai.prompt.1.role"] = "user",
            ["gen_ai.prompt.1.content"] = "why",
            ["gen_ai.completion.0.role"] = "assistant",
            ["gen_ai.completion.0.content"] = "because",
            ["gen_ai.usage.prompt_tokens"] = 10,
            ["gen_ai.usage.completion_tokens"] = 2,
        });
        AssertCall(run, "openai", "gpt-4o", 10, 2);
        Assert.Equal("why", Text(run, "inputs.messages.1.content"));
        Assert.Equal("because", Text(run, "outputs.messages.0.content"));
        Assert.Equal(0.5, At(run, "extra.invocation_params.temperature").GetDouble());
        Assert.Equal(0.000045m, run.GetProperty("total_cost").GetDecimal());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GenAi_NewConvention_HasMessagesOfParts(bool protobuf)
    {
        var run = await SendAsync(protobuf, "chat claude", new()
        {
            ["gen_ai.provider.name"] = "anthropic",
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.request.model"] = "claude-sonnet-4-20250514",
            ["gen_ai.conversation.id"] = "conversation-7",
            ["gen_ai.system_instructions"] = """[{"type":"text","content":"be short"}]""",
            ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"why"}]}]""",
            ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"because"}],"finish_reason":"stop"}]""",
            ["gen_ai.usage.input_tokens"] = 100,
            ["gen_ai.usage.output_tokens"] = 5,
            ["gen_ai.usage.cache_read.input_tokens"] = 60,
        });
        AssertCall(run, "anthropic", "claude-sonnet-4-20250514", 100, 5);
        Assert.Equal("be short", Text(run, "inputs.messages.0.parts.0.content"));
        Assert.Equal("why", Text(run, "inputs.messages.1.parts.0.content"));
        Assert.Equal("because", Text(run, "outputs.messages.0.parts.0.content"));
        Assert.Equal(60, At(run, "prompt_token_details.cache_read").GetInt32());
        Assert.Equal("conversation-7", run.GetProperty("thread_id").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GenAi_Events_AreMessagesAndTheFirstToken(bool protobuf)
    {
        var attributes = new Dictionary<string, object> { ["gen_ai.operation.name"] = "chat", ["gen_ai.request.model"] = "gpt-4o" };
        var run = await SpanSender.SendAsync(server, protobuf, "chat", attributes,
            ("gen_ai.user.message", new() { ["content"] = "why" }), ("new_token", s_empty),
            ("gen_ai.choice", new() { ["finish_reason"] = "stop", ["message.content"] = "because" }));
        Assert.Equal(("user", "why"), (Text(run, "inputs.messages.0.role"), Text(run, "inputs.messages.0.content")));
        Assert.Equal("because", Text(run, "outputs.messages.0.content"));
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("first_token_time").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LangSmith_Attributes_WinOverAllOthers(bool protobuf)
    {
        var id = Uuid7.NewGuid().ToString();
        var run = await SendAsync(protobuf, "span", new()
        {
            ["langsmith.span.id"] = id,
            ["langsmith.trace.id"] = id,
            ["langsmith.trace.name"] = "renamed",
            ["langsmith.trace.session_name"] = $"project {id}",
            ["langsmith.span.kind"] = "llm",
            ["gen_ai.operation.name"] = "execute_tool",
            ["langsmith.span.tags"] = "a, b",
            ["langsmith.metadata.user"] = "u1",
            ["gen_ai.usage.input_tokens"] = 1,
            ["langsmith.usage_metadata"] = """{"input_tokens":7,"output_tokens":3,"total_tokens":10}""",
            ["something.else"] = "kept",
        });
        Assert.Equal((id, id, "renamed", "llm"), (Text(run, "id"), Text(run, "trace_id"), Text(run, "name"), Text(run, "run_type")));
        Assert.Equal(10, run.GetProperty("total_tokens").GetInt32());
        Assert.Equal("""["a","b"]""", run.GetProperty("tags").GetRawText());
        Assert.Equal(("u1", "kept"), (Text(run, "extra.metadata.user"), At(run, "extra.metadata").GetProperty("something.else").GetString()));
        var project = Assert.Single((await server.GetAsync($"/sessions?name={Uri.EscapeDataString($"project {id}")}")).EnumerateArray());
        Assert.Equal(Text(run, "session_id"), Text(project, "id"));
        Assert.Equal(id, Text(await server.GetAsync($"/runs/{id}"), "id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenInference_Call_HasMessagesToolsAndCounts(bool protobuf)
    {
        var run = await SendAsync(protobuf, "ChatOpenAI", new()
        {
            ["openinference.span.kind"] = "LLM",
            ["llm.model_name"] = "gpt-4o-mini",
            ["llm.provider"] = "openai",
            ["llm.invocation_parameters"] = """{"temperature":0.1}""",
            ["llm.input_messages.0.message.role"] = "user",
            ["llm.input_messages.0.message.content"] = "weather?",
            ["llm.output_messages.0.message.role"] = "assistant",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.function.name"] = "weather",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"] = """{"city":"Bern"}""",
            ["llm.token_count.prompt"] = 12,
            ["llm.token_count.completion"] = 4,
            ["llm.token_count.completion_details.reasoning"] = 3,
            ["session.id"] = "s1",
            ["metadata"] = """{"tenant":"acme"}""",
        });
        AssertCall(run, "openai", "gpt-4o-mini", 12, 4);
        Assert.Equal("weather?", Text(run, "inputs.messages.0.content"));
        Assert.Equal("weather", Text(run, "outputs.messages.0.tool_calls.0.function.name"));
        Assert.Equal(3, At(run, "completion_token_details.reasoning").GetInt32());
        Assert.Equal(("s1", "acme"), (Text(run, "thread_id"), Text(run, "extra.metadata.tenant")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenInference_Retriever_HasDocuments(bool protobuf)
    {
        var run = await SendAsync(protobuf, "search", new()
        {
            ["openinference.span.kind"] = "RETRIEVER",
            ["input.value"] = "why",
            ["retrieval.documents.0.document.content"] = "text",
            ["retrieval.documents.0.document.score"] = 0.9,
            ["retrieval.documents.0.document.metadata"] = """{"source":"book"}""",
        });
        Assert.Equal(("retriever", "why"), (Text(run, "run_type"), Text(run, "inputs.input")));
        Assert.Equal(("text", "book"), (Text(run, "outputs.documents.0.page_content"), Text(run, "outputs.documents.0.metadata.source")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vercel_InnerCall_IsTheModelAndTheOuterOneIsNot(bool protobuf)
    {
        var run = await SendAsync(protobuf, "ai.generateText.doGenerate", new()
        {
            ["operation.name"] = "ai.generateText.doGenerate answer",
            ["ai.operationId"] = "ai.generateText.doGenerate",
            ["ai.model.id"] = "gpt-4o",
            ["ai.model.provider"] = "openai.chat",
            ["ai.prompt.messages"] = """[{"role":"user","content":[{"type":"text","text":"why"}]}]""",
            ["ai.response.text"] = "because",
            ["ai.usage.promptTokens"] = 8,
            ["ai.usage.completionTokens"] = 2,
            ["ai.telemetry.metadata.ls_project_name"] = $"vercel {protobuf}",
            ["ai.telemetry.metadata.user"] = "u1",
        });
        AssertCall(run, "openai.chat", "gpt-4o", 8, 2);
        Assert.Equal("why", Text(run, "inputs.messages.0.content.0.text"));
        Assert.Equal(("because", "u1"), (Text(run, "outputs.content"), Text(run, "extra.metadata.user")));
        Assert.Single((await server.GetAsync($"/sessions?name=vercel%20{protobuf}")).EnumerateArray());

        var outer = await SendAsync(protobuf, "ai.generateText", new() { ["ai.operationId"] = "ai.generateText", ["ai.usage.promptTokens"] = 8 });
        Assert.Equal(("chain", 0), (Text(outer, "run_type"), outer.GetProperty("total_tokens").GetInt32()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Traceloop_Entities_HaveNamesInputsAndOutputs(bool protobuf)
    {
        var run = await SendAsync(protobuf, "lookup.tool", new()
        {
            ["traceloop.span.kind"] = "tool",
            ["traceloop.entity.name"] = "lookup",
            ["traceloop.entity.input"] = """{"city":"Bern"}""",
            ["traceloop.entity.output"] = "sunny",
            ["traceloop.association.properties.customer"] = "c1",
        });
        Assert.Equal(("tool", "lookup", "Bern"), (Text(run, "run_type"), Text(run, "name"), Text(run, "inputs.city")));
        Assert.Equal(("sunny", "c1"), (Text(run, "outputs.output"), Text(run, "extra.metadata.customer")));
        var flow = await SendAsync(protobuf, "answer.workflow", new() { ["traceloop.span.kind"] = "workflow" });
        Assert.Equal("chain", Text(flow, "run_type"));
    }

    [Fact]
    public async Task Span_BeforeItsParent_IsARootUntilTheParentComes()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await SpanSender.PostAsync(server, SpanSender.Body(trace, "child", s_empty, spanId: "00000000000000aa", parentSpanId: "00000000000000bb"));
        Assert.Equal(["child"], await RootsAsync());

        await SpanSender.PostAsync(server, SpanSender.Body(trace, "parent", s_empty, spanId: "00000000000000bb"));
        Assert.Equal(["parent"], await RootsAsync());
        var runs = (await server.PostAsync("/runs/query", new { trace = Guid.ParseExact(trace, "N") })).GetProperty("runs").EnumerateArray().ToList();
        var child = runs.Single(run => Text(run, "name") == "child");
        Assert.Equal(Text(runs.Single(run => Text(run, "name") == "parent"), "id"), Text(child, "parent_run_id"));

        async Task<IEnumerable<string?>> RootsAsync() =>
            (await server.PostAsync("/runs/query", new { trace = Guid.ParseExact(trace, "N"), is_root = true })).GetProperty("runs").EnumerateArray().Select(run => Text(run, "name"));
    }

    private Task<JsonElement> SendAsync(bool protobuf, string name, Dictionary<string, object> attributes) =>
        SpanSender.SendAsync(server, protobuf, name, attributes);

    private static void AssertCall(JsonElement run, string provider, string model, int prompt, int completion)
    {
        Assert.Equal("llm", Text(run, "run_type"));
        Assert.Equal((provider, model), (Text(run, "extra.metadata.ls_provider"), Text(run, "extra.metadata.ls_model_name")));
        Assert.Equal((prompt, completion), (run.GetProperty("prompt_tokens").GetInt32(), run.GetProperty("completion_tokens").GetInt32()));
    }

    private static string? Text(JsonElement json, string path) => At(json, path).GetString();

    private static JsonElement At(JsonElement json, string path) => path.Split('.').Aggregate(
        json, (at, step) => at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(step));
}
