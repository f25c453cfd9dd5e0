using System.Text.Json;
using Clients.Tests.Support;

namespace Clients.Tests.JavaScript.Acceptance;

/// <summary>The acceptance calls that write and read runs (docs/acceptance.md), made by the official JavaScript client.</summary>
public sealed class RunTests(RunSuite suite) : IClassFixture<RunSuite>
{
    private RunningServer Server => suite.Server;

    [Fact]
    public void Info_TellsTheClientHowToSend()
    {
        var info = suite.Of("01-info").Result;

        Assert.Equal(100, info.GetProperty("batch_ingest_config").GetProperty("size_limit").GetInt32());
        Assert.True(info.GetProperty("batch_ingest_config").GetProperty("use_multipart_endpoint").GetBoolean());
        Assert.True(info.GetProperty("instance_flags").GetProperty("zstd_compression_enabled").GetBoolean());
        Assert.True(Version.Parse(info.GetProperty("version").GetString()!) >= new Version(0, 17));
    }

    [Fact]
    public async Task CreateRun_WithoutTraceId_IsItsOwnTraceInTheDefaultProject()
    {
        var played = suite.Of("02-create-alone");

        var run = await Server.ReadRunAsync(played.Id);
        Assert.Equal(played.Id, run.GetProperty("trace_id").GetGuid());
        var project = await Server.ReadAsync($"/sessions/{run.GetProperty("session_id").GetGuid()}");
        Assert.Equal("default", project.GetProperty("name").GetString());
    }

    [Fact]
    public async Task UpdateRun_AfterTheCreate_EndsTheRunAndKeepsTheRest()
    {
        var played = suite.Of("03-create-and-update");

        Assert.Equal("pending", played.Text("pending"));
        Assert.Equal("""{"exact":[1,"two",null,{"three":3.5}]}""", played.Json("inputs"));
        var run = await Server.ReadRunAsync(played.Id);
        Assert.Equal(("created", "success"), (run.GetProperty("name").GetString(), run.GetProperty("status").GetString()));
        Assert.Equal(played.Json("inputs"), JsonSerializer.Serialize(run.GetProperty("inputs")));
        Assert.Equal("because", run.GetProperty("outputs").GetProperty("answer").GetString());
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("end_time").ValueKind);
    }

    [Fact]
    public async Task UpdateRun_BeforeTheCreate_IsOneRunWithBoth()
    {
        var run = await Server.ReadRunAsync(suite.Of("05-update-before-create").Id);

        Assert.Equal(("late", "success"), (run.GetProperty("name").GetString(), run.GetProperty("status").GetString()));
        Assert.Equal("why", run.GetProperty("inputs").GetProperty("question").GetString());
        Assert.Equal("because", run.GetProperty("outputs").GetProperty("answer").GetString());
    }

    [Fact]
    public async Task CreateRun_Twice_IsOneRunAndNoComplaint()
    {
        var played = suite.Of("06-create-twice");

        Assert.Equal([played.Id], played.Guids("listed"));
        Assert.Equal(1, (await Server.ReadRunAsync(played.Id)).GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task UpdateRun_WithAnError_IsFoundByIt()
    {
        var played = suite.Of("07-update-with-error");

        Assert.Equal([played.Id], played.Guids("failed"));
        var run = await Server.ReadRunAsync(played.Id);
        Assert.Equal(("error", "boom"), (run.GetProperty("status").GetString(), run.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Batch_WithAnUnknownRunType_IsComplainedOfOnceAndTheRestIsStored()
    {
        var played = suite.WithComplaints("08-unknown-run-type");

        var complaint = Assert.Single(played.Complaints);
        Assert.Contains("422", complaint, StringComparison.Ordinal);
        Assert.Contains("'agent' is no run type", complaint, StringComparison.Ordinal);
        Assert.Equal("LangSmithNotFoundError", played.Text("bad"));
        Assert.Equal("success", (await Server.ReadRunAsync(played.Id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Batch_OfATree_HasItsAncestorsRootFirst()
    {
        var played = suite.Of("09-batch-of-a-tree");

        var leaf = await Server.ReadRunAsync(played.Guid("leaf"));
        Assert.Equal([played.Id, played.Guid("middle")], leaf.GetProperty("parent_run_ids").EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(["root", "middle", "leaf"], (await Server.ReadTraceAsync(played.Id)).Select(run => run.GetProperty("name").GetString()));
    }

    [Fact]
    public void CreateExample_FromARun_HasItsInputsOutputsAndFiles()
    {
        var played = suite.Of("13-example-from-a-run");

        Assert.Equal(played.Id, played.Guid("source"));
        Assert.Equal("""{"question":"why"}""", played.Json("inputs"));
        Assert.Equal("""{"answer":"because"}""", played.Json("outputs"));
        Assert.Equal("""{"note":"of the run"}""", played.Json("files"));
    }

    [Fact]
    public async Task Usage_GivenByTheCaller_IsExactAndSummedInTheRoot()
    {
        var played = suite.Of("14-usage");

        var child = await Server.ReadRunAsync(played.Guid("child"));
        var root = await Server.ReadRunAsync(played.Id);
        Assert.All([child, root], run =>
        {
            Assert.Equal((30, 20, 50), (run.GetProperty("prompt_tokens").GetInt32(), run.GetProperty("completion_tokens").GetInt32(), run.GetProperty("total_tokens").GetInt32()));
            Assert.Equal((0.0000015m, 0.0000031m, 0.0000046m), (run.GetProperty("prompt_cost").GetDecimal(), run.GetProperty("completion_cost").GetDecimal(), run.GetProperty("total_cost").GetDecimal()));
        });
        Assert.Equal(10, child.GetProperty("prompt_token_details").GetProperty("cache_read").GetInt32());
        Assert.Equal(7, child.GetProperty("completion_token_details").GetProperty("reasoning").GetInt32());
        Assert.Equal(0.0000001m, child.GetProperty("prompt_cost_details").GetProperty("cache_read").GetDecimal());
    }

    [Fact]
    public async Task Usage_OfAModelWithAPrice_HasItsCost()
    {
        var run = await Server.ReadRunAsync(suite.Of("15-priced").Id);

        Assert.Equal((0.00015m, 0.0003m), (run.GetProperty("prompt_cost").GetDecimal(), run.GetProperty("completion_cost").GetDecimal()));
        Assert.Equal(0.00045m, run.GetProperty("total_cost").GetDecimal());
        var prices = (await Server.ReadAsync("/model-price-map")).EnumerateArray();
        var row = prices.Single(price => price.GetProperty("id").GetGuid() == run.GetProperty("price_model_id").GetGuid());
        Assert.Equal(("gpt-4o-mini", 1000), (row.GetProperty("name").GetString(), run.GetProperty("prompt_tokens").GetInt32()));
    }

    [Fact]
    public void Inputs_OfOddTexts_ComeBackAsTheyWere()
    {
        var played = suite.Of("16-odd-texts");

        Assert.Equal(["planes", "emoji", "nul", "large", "long"], played.Texts("same"));
        Assert.Equal("a\ufffdb", played.Text("lone"));
        Assert.Equal(JsonValueKind.Null, played["not"].ValueKind);
        Assert.Equal("9223372036854775808", played.Text("big"));
    }

    [Fact]
    public void ListRuns_UpToALimitOverThreePages_AreTheNewest()
    {
        var played = suite.Of("18-three-hundred-roots");

        Assert.Equal(250, played.Guids("listed").Length);
        Assert.Equal(played.Guids("newest"), played.Guids("listed"));
    }

    [Fact]
    public void ListRuns_WithConditionsOnTraceAndTree_FindsTheOne()
    {
        var played = suite.Of("20-conditions-on-the-trace");

        Assert.Equal([played.Guid("wanted")], played.Guids("listed"));
    }

    [Fact]
    public void ListRuns_ByIds_IgnoresOtherConditions()
    {
        var played = suite.Of("20-conditions-on-the-trace");

        Assert.Equal(played.Guids("found").Order(), played.Guids("byIds").Order());
    }

    [Fact]
    public void RunStatistics_OfAProject_AreItsFigures()
    {
        var played = suite.Of("22-statistics");

        var figures = played["figures"];
        Assert.Equal((4, 0.25), (figures.GetProperty("run_count").GetInt32(), figures.GetProperty("error_rate").GetDouble()));
        Assert.Equal((14, 10, 4), (figures.GetProperty("total_tokens").GetInt32(), figures.GetProperty("prompt_tokens").GetInt32(), figures.GetProperty("completion_tokens").GetInt32()));
        Assert.InRange(figures.GetProperty("latency_p50").GetDouble(), 1.98, 3.03);
        Assert.All(played["selected"].EnumerateArray(), fields => Assert.DoesNotContain("inputs", fields.EnumerateArray().Select(field => field.GetString())));
    }

    [Fact]
    public void Threads_AreConversationsWithTheirTurnsInOrder()
    {
        var played = suite.Of("23-threads");

        var turns = played.Guids("turns");
        var counted = $"""[["{played.Text("first")}",2],["{played.Text("second")}",1]]""";
        Assert.Equal(counted, played.Json("threads"));
        Assert.Equal(counted, played.Json("groups"));
        Assert.Equal([turns[0], turns[2]], played.Guids("read"));
        Assert.Equal([played.Text("first"), played.Text("second")], played.Texts("v2"));
        Assert.Equal([turns[0], turns[2]], played.Guids("traces").Order());
        Assert.Equal(2, played["statistics"].GetProperty("turns").GetInt32());
        Assert.Equal(0.1, played["statistics"].GetProperty("latency_p50_seconds").GetDouble(), tolerance: 0.01);
    }

    [Fact]
    public void VersionTwo_SelectsFieldsAndFollowsCursors()
    {
        var played = suite.Of("33-version-two");

        Assert.Equal(
            $$"""[{"id":"{{played.Guid("child")}}","name":"child","run_type":"LLM"},{"id":"{{played.Id}}","name":"root","run_type":"CHAIN"}]""",
            played.Json("listed"));
        Assert.Equal("""[{"name":"child"},{"name":"root"}]""", played.Json("streamed"));
        Assert.Equal("""{"name":"root","status":"SUCCESS","inputs":{"question":"why"}}""", played.Json("read"));
        Assert.Equal([played.Id], played.Guids("traces"));
        Assert.Equal("""[{"name":"root"},{"name":"child"}]""", JsonSerializer.Serialize(played["tree"].GetProperty("items")));
        Assert.Contains(played.Id.ToString(), played["url"].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunTree_WithoutBatches_TakesTimesInMilliseconds()
    {
        var run = await Server.ReadRunAsync(suite.Of("43-run-tree-alone").Id);

        Assert.Equal(1_790_000_000_123, run.GetProperty("start_time").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal(1_790_000_000_456, run.GetProperty("end_time").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal((1, 2), (run.GetProperty("inputs").GetProperty("a").GetInt32(), run.GetProperty("outputs").GetProperty("b").GetInt32()));
    }

    [Fact]
    public async Task Traceable_AgainUnderOneId_IsOneRunWithTwoAttempts()
    {
        var played = suite.Of("44-same-id-twice");

        Assert.Equal([played.Id], played.Guids("listed"));
        var run = await Server.ReadRunAsync(played.Id);
        Assert.Equal((2, 2), (run.GetProperty("attempts").GetInt32(), run.GetProperty("inputs").GetProperty("attempt").GetInt32()));
        var report = await Server.ReadAsync($"/api/v1/runs/{played.Id}/identity");
        Assert.Equal(2, report.GetProperty("attempts").GetArrayLength());
    }
}
