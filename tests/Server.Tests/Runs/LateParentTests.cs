using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Runs;

/// <summary>Runs that are posted one by one before their parents, with no more than the parent's id.</summary>
public sealed class LateParentTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Run_BeforeItsParents_IsInTheirTraceOnceTheyCome()
    {
        var (root, middle, leaf) = (Uuid7.NewGuid(), Uuid7.NewGuid(), Uuid7.NewGuid());
        await CreateAsync(leaf, middle, tokens: 7);
        Assert.Equal([leaf], await RootsAsync());

        await CreateAsync(middle, root, tokens: null);
        await CreateAsync(root, null, tokens: null);

        Assert.Equal([root], await RootsAsync());
        var run = await server.GetAsync($"/runs/{leaf}");
        Assert.Equal(root, run.GetProperty("trace_id").GetGuid());
        Assert.Equal([root, middle], run.GetProperty("parent_run_ids").EnumerateArray().Select(id => id.GetGuid()));
        var above = (await server.GetAsync($"/runs/{middle}")).GetProperty("dotted_order").GetString();
        Assert.StartsWith($"{above}.", run.GetProperty("dotted_order").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, (await server.GetAsync($"/runs/{root}")).GetProperty("total_tokens").GetInt32());

        async Task<IEnumerable<Guid>> RootsAsync() =>
            (await server.PostAsync("/runs/query", new { is_root = true })).GetProperty("runs")
                .EnumerateArray().Select(found => found.GetProperty("id").GetGuid());
    }

    private Task<Guid> CreateAsync(Guid id, Guid? parent, int? tokens) => server.CreateRunAsync(
        run =>
        {
            run.Remove("trace_id");
            run.Remove("dotted_order");
            run["parent_run_id"] = parent?.ToString();
            run["run_type"] = tokens is null ? "chain" : "llm";
            run["outputs"] = tokens is null
                ? null
                : new System.Text.Json.Nodes.JsonObject { ["usage_metadata"] = new System.Text.Json.Nodes.JsonObject { ["total_tokens"] = tokens } };
        },
        id);
}
