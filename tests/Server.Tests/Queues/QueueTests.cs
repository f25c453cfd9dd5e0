using System.Net;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Queues;

public sealed class QueueTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    [Proves("POST /api/v1/annotation-queues", "GET /api/v1/annotation-queues", "GET /api/v1/annotation-queues/{queue_id}",
        "PATCH /api/v1/annotation-queues/{queue_id}", "DELETE /api/v1/annotation-queues/{queue_id}", "DELETE /api/v1/annotation-queues")]
    public async Task Queue_WholeLife_IsAsClientsExpect()
    {
        var name = $"queue {Uuid7.NewGuid():N}";
        var id = await CreateAsync(name);
        await server.PostAsync("/annotation-queues", new { name }, HttpStatusCode.Conflict);
        var other = await CreateAsync($"{name} 2");
        await server.SendAsync(HttpMethod.Patch, $"/annotation-queues/{id}", new { description = "d", rubric_instructions = "look" });
        await server.SendAsync(HttpMethod.Patch, $"/annotation-queues/{other}", new { name }, HttpStatusCode.Conflict);

        var queue = await server.GetAsync($"/annotation-queues/{id}");
        Assert.Equal(("d", "look", "single"), (Text(queue, "description"), Text(queue, "rubric_instructions"), Text(queue, "queue_type")));
        Assert.Equal(1, queue.GetProperty("num_reviewers_per_item").GetInt32());
        Assert.Equal(2, (await server.GetAsync($"/annotation-queues?name_contains={Uri.EscapeDataString(name)}")).GetArrayLength());
        await server.SendAsync(HttpMethod.Delete, $"/annotation-queues/{id}", null);
        await server.SendAsync(HttpMethod.Delete, $"/annotation-queues?queue_ids={other}", null);
        await server.GetAsync($"/annotation-queues/{id}", HttpStatusCode.NotFound);
        await server.GetAsync($"/annotation-queues/{other}", HttpStatusCode.NotFound);
    }

    [Fact]
    [Proves("POST /api/v1/annotation-queues/{queue_id}/runs", "GET /api/v1/annotation-queues/{queue_id}/runs",
        "GET /api/v1/annotation-queues/{queue_id}/run/{index}", "DELETE /api/v1/annotation-queues/{queue_id}/runs/{queue_run_id}",
        "PATCH /api/v1/annotation-queues/{queue_id}/runs/{queue_run_id}", "POST /api/v1/annotation-queues/status/{annotation_queue_run_id}",
        "GET /api/v1/annotation-queues/{queue_id}/size", "GET /api/v1/annotation-queues/{queue_id}/total_size",
        "GET /api/v1/annotation-queues/{queue_id}/total_archived", "GET /api/v1/annotation-queues/{run_id}/queues",
        "POST /api/v1/annotation-queues/{queue_id}/runs/delete", "POST /api/v1/annotation-queues/{queue_id}/runs/by-key",
        "GET /api/v1/annotation-queues/{queue_id}/runs/resolve/{queue_run_id}", "POST /api/v1/annotation-queues/{queue_id}/export")]
    public async Task Runs_WaitInOrderUntilTheyAreDone()
    {
        var queue = await CreateAsync(Uuid7.NewGuid().ToString());
        Guid[] runs = [await server.CreateRunAsync(), await server.CreateRunAsync(), await server.CreateRunAsync()];
        var added = await server.PostAsync($"/annotation-queues/{queue}/runs", runs[..2]);
        await server.PostAsync($"/annotation-queues/{queue}/runs/by-key", new[] { new { run_id = runs[2] } });
        await server.PostAsync($"/annotation-queues/{queue}/runs", runs[..1]);
        await server.PostAsync($"/annotation-queues/{queue}/runs", new[] { Uuid7.NewGuid() }, HttpStatusCode.NotFound);

        Assert.Equal(runs, (await server.GetAsync($"/annotation-queues/{queue}/runs")).EnumerateArray().Select(r => r.GetProperty("id").GetGuid()));
        var second = await server.GetAsync($"/annotation-queues/{queue}/run/1");
        Assert.Equal((runs[1], added[1].GetProperty("id").GetGuid()), (second.GetProperty("id").GetGuid(), second.GetProperty("queue_run_id").GetGuid()));
        await server.GetAsync($"/annotation-queues/{queue}/run/3", HttpStatusCode.NotFound);
        Assert.Equal(queue, Assert.Single((await server.GetAsync($"/annotation-queues/{runs[0]}/queues")).EnumerateArray()).GetProperty("id").GetGuid());
        var resolved = await server.GetAsync($"/annotation-queues/{queue}/runs/resolve/{added[1].GetProperty("id").GetGuid()}");
        Assert.Equal((runs[1], "needs_my_review", 1), (resolved.GetProperty("run_id").GetGuid(), Text(resolved, "section"), resolved.GetProperty("position").GetInt32()));

        // The first goes to the end, the second is done, the third is taken out by its run's own id.
        await server.SendAsync(HttpMethod.Patch, $"/annotation-queues/{queue}/runs/{runs[0]}", new { added_at = "2100-01-01T00:00:00Z" });
        Assert.Equal(runs[1], (await server.GetAsync($"/annotation-queues/{queue}/run/0")).GetProperty("id").GetGuid());
        await server.PostAsync($"/annotation-queues/status/{added[1].GetProperty("id").GetGuid()}", new { status = "completed" });
        await server.SendAsync(HttpMethod.Delete, $"/annotation-queues/{queue}/runs/{runs[2]}", null);
        Assert.Equal(runs[0], (await server.GetAsync($"/annotation-queues/{queue}/run/0")).GetProperty("id").GetGuid());
        Assert.Equal((1, 2, 1), (await SizeAsync("size"), await SizeAsync("total_size"), await SizeAsync("total_archived")));
        Assert.Equal(runs[1], Assert.Single((await server.PostAsync($"/annotation-queues/{queue}/export", new { })).EnumerateArray()).GetProperty("id").GetGuid());

        await server.PostAsync($"/annotation-queues/{queue}/runs/delete", new { delete_all = true, exclude_run_ids = new[] { runs[0] } });
        Assert.Equal(1, await SizeAsync("total_size"));

        async Task<int> SizeAsync(string what) => (await server.GetAsync($"/annotation-queues/{queue}/{what}")).GetProperty("size").GetInt32();
    }

    [Fact]
    [Proves("POST /api/v1/platform/annotation-queues/{queue_id}/items", "GET /api/v1/platform/annotation-queues/{queue_id}/items",
        "GET /api/v1/platform/annotation-queues/{queue_id}/items/count", "POST /api/v1/platform/annotation-queues/{queue_id}/items/delete",
        "PATCH /api/v1/platform/annotation-queues/{queue_id}/items/{item_id}", "POST /api/v1/platform/annotation-queues/items/{queue_item_id}/status",
        "GET /api/v1/platform/annotation-queues/{queue_id}/items/{item_id}/placement", "POST /api/v1/annotation-queues/populate")]
    public async Task Items_AreRunsAndThreads()
    {
        var queue = await CreateAsync(Uuid7.NewGuid().ToString());
        var project = Uuid7.NewGuid().ToString();
        var run = await server.CreateRunAsync(r => r["session_name"] = project);
        var projectId = (await server.GetAsync($"/runs/{run}")).GetProperty("session_id").GetGuid();
        await server.PostAsync("/annotation-queues/populate", new { queue_id = queue, session_ids = new[] { projectId } });
        await server.PostAsync($"/v1/platform/annotation-queues/{queue}/items", new { items = new[] { new { item_type = "THREAD", thread_id = "t" } } });

        var first = await server.GetAsync($"/v1/platform/annotation-queues/{queue}/items?status=needs_my_review&page_size=1");
        Assert.Equal(run, first.GetProperty("items")[0].GetProperty("run_id").GetGuid());
        var second = await server.GetAsync($"/v1/platform/annotation-queues/{queue}/items?page_size=1&cursor={Text(first, "next_cursor")}");
        var thread = second.GetProperty("items")[0];
        Assert.Equal(("t", false), (Text(thread, "thread_id"), second.GetProperty("has_more").GetBoolean()));

        await server.PostAsync($"/v1/platform/annotation-queues/items/{Text(thread, "id")}/status", new { status = "completed" });
        var placed = await server.GetAsync($"/v1/platform/annotation-queues/{queue}/items/{Text(thread, "id")}/placement");
        Assert.Equal(("archived", 0), (Text(placed, "section"), placed.GetProperty("position").GetInt32()));
        Assert.Equal(1, (await server.GetAsync($"/v1/platform/annotation-queues/{queue}/items/count?status=archived")).GetProperty("count").GetInt32());
        await server.SendAsync(HttpMethod.Patch, $"/v1/platform/annotation-queues/{queue}/items/{Text(first.GetProperty("items")[0], "id")}", new { status = "viewed" });
        await server.PostAsync($"/v1/platform/annotation-queues/{queue}/items/delete", new { item_ids = new[] { Text(thread, "id") } }, HttpStatusCode.NoContent);
        Assert.Equal(1, (await server.GetAsync($"/v1/platform/annotation-queues/{queue}/items/count")).GetProperty("count").GetInt32());
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task<Guid> CreateAsync(string name) => (await server.PostAsync("/annotation-queues", new { name })).GetProperty("id").GetGuid();
}
