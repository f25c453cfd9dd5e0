using System.ClientModel;
using LangSmith;
using LangSmith.Testing;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Extensions.AI.Tests.OpenAI;

/// <summary>The OpenAI package against a server that speaks its protocol: what is traced, and that no run id reaches the provider.</summary>
public sealed class OpenAIClientTests(OpenAIServer server) : IClassFixture<OpenAIServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Request_UnderARunId_IsTracedAndTheIdStaysHere(bool responses, bool streams)
    {
        using var capture = RunCapture.Start();
        var client = Client(responses).AsBuilder().UseLangSmith().Build();
        var id = Uuid7.NewGuid();
        var options = new ChatOptions { Temperature = 0.5f }.WithRunId(id);

        var response = streams
            ? await client.GetStreamingResponseAsync("hi", options, Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync("hi", options, Cancellation);

        var run = Assert.Single(capture.Runs);
        Assert.Equal((id, id), (run.Id, response.GetLangSmithRunId()!.Value));
        Assert.Equal((null, "llm", "openai chat"), (run.Error, run.RunType, run.Name));
        Assert.Equal(response.Text, (string?)run.Outputs!["messages"]![0]!["content"]);
        Assert.StartsWith("Hello", response.Text, StringComparison.Ordinal);
        Assert.Equal(("openai", "gpt-4o-mini", 0.5), ((string?)run.Metadata["ls_provider"], (string?)run.Metadata["ls_model_name"], (double?)run.Metadata["ls_temperature"]));
        var usage = run.Outputs["usage_metadata"]!;
        Assert.Equal((int)usage["input_tokens"]! + (int)usage["output_tokens"]!, (int)usage["total_tokens"]!);
        Assert.Equal(streams ? 1 : 0, run.Events.Count);
        Assert.All(server.Bodies, body => Assert.DoesNotContain("langsmith", body, StringComparison.OrdinalIgnoreCase));
        Assert.All(server.Bodies, body => Assert.DoesNotContain(id.ToString(), body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Responses_Usage_HasItsDetails()
    {
        using var capture = RunCapture.Start();

        await Client(responses: true).AsBuilder().UseLangSmith().Build().GetResponseAsync("hi", cancellationToken: Cancellation);

        Assert.Equal(
            """{"input_tokens":9,"output_tokens":3,"total_tokens":12,"input_token_details":{"cache_read":2},"output_token_details":{"reasoning":1}}""",
            Assert.Single(capture.Runs).Outputs!["usage_metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Chat_FunctionLoop_IsAConversation()
    {
        using var capture = RunCapture.Start();
        var client = Client().AsBuilder().UseLangSmith().UseFunctionInvocation().UseLangSmith().Build();
        var id = Uuid7.NewGuid();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => $"rain in {city}", "weather")] };

        var response = await client.GetResponseAsync("weather?", options.WithRunId(id), Cancellation);

        Assert.Equal(
            "openai chat (chain) success\n  openai chat (llm) success\n  weather (tool) success\n  openai chat (llm) success\n",
            capture.ToTree());
        Assert.Equal((id, id), (capture.Runs[0].Id, response.GetLangSmithRunId()!.Value));
        Assert.Equal("""{"city":"Paris"}""", (string?)capture.Runs[1].Outputs!["messages"]![0]!["tool_calls"]![0]!["function"]!["arguments"]);
        Assert.Equal("call-1", (string?)capture.Runs[3].Inputs!["messages"]![2]!["tool_call_id"]);
        Assert.All(server.Bodies, body => Assert.DoesNotContain("langsmith", body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Chat_RefusedByTheProvider_IsARunWithTheError()
    {
        using var capture = RunCapture.Start();
        var client = Client().AsBuilder().UseLangSmith().Build();

        await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync("please fail", cancellationToken: Cancellation));

        Assert.Contains("You asked me to fail.", Assert.Single(capture.Runs).Error, StringComparison.Ordinal);
        capture.AssertNothingLeaked("sk-openai-secret");
    }

    private IChatClient Client(bool responses = false)
    {
        var client = new OpenAIClient(new ApiKeyCredential("sk-openai-secret"), new OpenAIClientOptions { Endpoint = server.Url });
#pragma warning disable OPENAI001 // The responses client is marked as experimental; a test may know that.
        return responses ? client.GetResponsesClient().AsIChatClient("gpt-4o-mini") : client.GetChatClient("gpt-4o-mini").AsIChatClient();
#pragma warning restore OPENAI001
    }
}
