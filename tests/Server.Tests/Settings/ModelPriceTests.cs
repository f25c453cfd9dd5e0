using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Settings;

/// <summary>What runs cost by the prices of their workspace.</summary>
public sealed class ModelPriceTests(TestServer shared) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await shared.AddWorkspaceAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Proves("GET /api/v1/model-price-map", "POST /api/v1/model-price-map", "PUT /api/v1/model-price-map/{id}", "DELETE /api/v1/model-price-map/{id}")]
    public async Task Price_OfAWorkspace_ComesBeforeTheBuiltInOneWhileItIsThere()
    {
        var builtIn = (await _server.GetAsync("/model-price-map")).EnumerateArray().Single(row => Text(row, "name") == "gpt-4o");
        Assert.Equal((0.0035m, Text(builtIn, "id")), await CostAsync());

        var own = await _server.PostAsync("/model-price-map", Row(prompt: "0.002", completion: 0.001m));
        var id = Text(own, "id");
        Assert.Equal((2.1m, id), await CostAsync());
        Assert.Equal(id, Text((await _server.GetAsync("/model-price-map"))[0], "id"));

        await _server.SendAsync(HttpMethod.Put, $"/model-price-map/{id}", Row(prompt: 0, completion: 0.01m).ToJsonString());
        Assert.Equal((1m, id), await CostAsync());
        await shared.RestartAsync();
        await using var before = _server;
        _server = shared.Reopen(before);
        Assert.Equal((1m, id), await CostAsync());

        await _server.SendAsync(HttpMethod.Delete, $"/model-price-map/{id}", null);
        Assert.Equal((0.0035m, Text(builtIn, "id")), await CostAsync());
        await _server.SendAsync(HttpMethod.Delete, $"/model-price-map/{id}", null, HttpStatusCode.NotFound);
        await _server.SendAsync(HttpMethod.Delete, $"/model-price-map/{Text(builtIn, "id")}", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Price_WithOwnKeysDetailsAndProvider_IsAppliedExactly()
    {
        var row = Row(prompt: 0.00000125m, completion: 0.00001m);
        row["match_pattern"] = "^house-model$";
        row["match_path"] = new JsonArray("deployment");
        row["provider"] = "house";
        row["prompt_cost_details"] = new JsonObject { ["cache_read"] = "0.000000125" };
        await _server.PostAsync("/model-price-map", row.ToJsonString());
        var run = await _server.CreateRunAsync(r =>
        {
            r["run_type"] = "llm";
            r["extra"] = JsonNode.Parse("""{"metadata":{"ls_provider":"house"},"invocation_params":{"deployment":"house-model"}}""");
            r["outputs"] = JsonNode.Parse(
                """{"usage_metadata":{"input_tokens":1000,"output_tokens":10,"total_tokens":1010,"input_token_details":{"cache_read":600}}}""");
        });

        var read = await _server.GetAsync($"/runs/{run}");
        Assert.Equal(0.000575m, read.GetProperty("prompt_cost").GetDecimal());
        Assert.Equal(0.0001m, read.GetProperty("completion_cost").GetDecimal());
        Assert.Equal(0.000675m, read.GetProperty("total_cost").GetDecimal());
        Assert.Equal(0.000075m, read.GetProperty("prompt_cost_details").GetProperty("cache_read").GetDecimal());
    }

    [Fact]
    public async Task Price_OfALaterPatch_IsThatOfTheRunsStart()
    {
        // The run starts at noon of 2026-11-24, and was told of its usage after the price had changed.
        foreach (var (start, completion) in ((string, decimal)[])[("2026-11-01", 0.01m), ("2026-11-25", 0.05m)])
        {
            var row = Row(prompt: 0, completion: completion);
            row["start_time"] = $"{start}T00:00:00Z";
            await _server.PostAsync("/model-price-map", row.ToJsonString());
        }

        var run = await _server.CreateRunAsync(r => (r["run_type"], r["inputs"]) = ("llm", new JsonObject { ["model"] = "gpt-4o" }));
        await _server.SendAsync(
            HttpMethod.Patch, $"/runs/{run}", """{"outputs":{"usage_metadata":{"input_tokens":1,"output_tokens":100}},"end_time":"2026-11-26T00:00:00Z"}""",
            HttpStatusCode.Accepted);

        Assert.Equal(1m, (await _server.GetAsync($"/runs/{run}")).GetProperty("total_cost").GetDecimal());
    }

    [Theory]
    [InlineData("match_pattern", "\"(\"", "regular expression")]
    [InlineData("match_pattern", "\"(?=a)b\"", "backtracking")]
    [InlineData("prompt_cost", "-1", "-1")]
    [InlineData("completion_cost", "\"cheap\"", "completion_cost")]
    [InlineData("prompt_cost", "5000", "a token")]
    [InlineData("name", "null", "'name' is missing")]
    public async Task Price_ThatCannotBe_IsRefusedByName(string field, string value, string expected)
    {
        var row = Row(prompt: 1, completion: 1);
        row[field] = JsonNode.Parse(value);
        var problem = await _server.PostAsync("/model-price-map", row.ToJsonString(), HttpStatusCode.UnprocessableEntity);
        Assert.Contains(expected, Text(problem, "detail"), StringComparison.Ordinal);
    }

    private static JsonObject Row(JsonNode prompt, JsonNode completion) => new()
    {
        ["name"] = "own",
        ["match_pattern"] = "^gpt-4o$",
        ["prompt_cost"] = prompt,
        ["completion_cost"] = completion,
    };

    private async Task<(decimal Cost, string? Price)> CostAsync()
    {
        var run = await _server.CreateRunAsync(r =>
        {
            r["run_type"] = "llm";
            r["extra"] = JsonNode.Parse("""{"metadata":{"ls_model_name":"gpt-4o"}}""");
            r["outputs"] = JsonNode.Parse("""{"usage_metadata":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}}""");
        }, Uuid7.NewGuid());
        var read = await _server.GetAsync($"/runs/{run}");
        return (read.GetProperty("total_cost").GetDecimal(), Text(read, "price_model_id"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
