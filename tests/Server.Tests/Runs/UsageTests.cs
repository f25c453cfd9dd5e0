using System.Text.Json.Nodes;
using LangSmith;
using LangSmith.Protocol;
using Server.Tests.Support;

namespace Server.Tests.Runs;

/// <summary>What a run used with all that is below it.</summary>
public sealed class UsageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Details_OfCallsBelow_AreSummedByKind()
    {
        var start = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        var root = await server.CreateRunAsync();
        var alone = await CallAsync("""{ "cache_read": 5, "audio": 1 }""", """{ "cache_read": 0.25 }""");
        await CallAsync("""{ "cache_read": 2, "priority": "high", "text": 3 }""", """{ "cache_read": 0.5 }""");

        var sum = (await server.PostAsync("/runs/query", new { id = root, select = new[] { "prompt_token_details", "prompt_cost_details" } })).GetProperty("runs")[0];

        Assert.Equal("""{"cache_read":7,"audio":1,"text":3}""", sum.GetProperty("prompt_token_details").GetRawText());
        Assert.Equal("""{"cache_read":0.75}""", sum.GetProperty("prompt_cost_details").GetRawText());
        Assert.Equal(5, (await server.GetAsync($"/runs/{alone}")).GetProperty("prompt_token_details").GetProperty("cache_read").GetInt32());

        Task<Guid> CallAsync(string tokens, string costs)
        {
            var id = Uuid7.NewGuid();
            return server.CreateRunAsync(
                run =>
                {
                    run["trace_id"] = root.ToString();
                    run["parent_run_id"] = root.ToString();
                    run["dotted_order"] = DottedOrder.Print(DottedOrder.Print(start, root), start, id);
                    run["run_type"] = "llm";
                    run["outputs"] = new JsonObject
                    {
                        ["usage_metadata"] = new JsonObject
                        {
                            ["input_tokens"] = 8,
                            ["output_tokens"] = 2,
                            ["total_tokens"] = 10,
                            ["total_cost"] = 1.5,
                            ["input_token_details"] = JsonNode.Parse(tokens),
                            ["input_cost_details"] = JsonNode.Parse(costs),
                        },
                    };
                },
                id);
        }
    }
}
