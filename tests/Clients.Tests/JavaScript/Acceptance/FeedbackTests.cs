using System.Text.Json;
using Clients.Tests.Support;

namespace Clients.Tests.JavaScript.Acceptance;

/// <summary>The acceptance calls about feedback, sharing and projects (docs/acceptance.md), made by the official JavaScript client.</summary>
public sealed class FeedbackTests(FeedbackSuite suite) : IClassFixture<FeedbackSuite>
{
    private RunningServer Server => suite.Server;

    [Fact]
    public void Feedback_OnARun_IsListedCountedChangedAndDeleted()
    {
        var played = suite.Of("24-on-a-run");

        var listed = played["listed"];
        Assert.Equal(played.Guid("given"), listed.GetProperty("id").GetGuid());
        Assert.Equal(played.Id, listed.GetProperty("run_id").GetGuid());
        Assert.Equal("c", listed.GetProperty("comment").GetString());
        Assert.Equal("me", listed.GetProperty("feedback_source").GetProperty("metadata").GetProperty("by").GetString());
        Assert.Equal("continuous", listed.GetProperty("feedback_config").GetProperty("type").GetString());
        Assert.Equal((1, 1), (Stat(played["stats"], "k", "n"), Stat(played["stats"], "k", "avg")));
        Assert.Equal(0, played["changed"].GetDouble());
        Assert.Equal("LangSmithNotFoundError", played.Text("gone"));
    }

    [Fact]
    public async Task Feedback_BeforeItsRun_WaitsAndIsThenOnIt()
    {
        var played = suite.Of("25-before-the-run");

        Assert.Equal(["called", "judged", "queued"], played.Texts("waiting").Order());
        Assert.Equal(["called", "judged", "queued"], played.Texts("stats").Order());
        foreach (var name in (string[])["called", "queued"])
        {
            var feedback = await Server.ReadAsync($"/feedback/{played.Guid(name)}");
            Assert.Equal((name, played.Id), (feedback.GetProperty("key").GetString(), feedback.GetProperty("run_id").GetGuid()));
        }
    }

    [Fact]
    public void Feedback_OnAProject_IsInItsStatistics()
    {
        var statistics = suite.Of("28-on-a-project").Result;

        Assert.Equal(1, Stat(statistics, "release", "n"));
        Assert.Equal(0.8, statistics.GetProperty("release").GetProperty("avg").GetDouble());
    }

    [Fact]
    public void Feedback_ByAToken_NeedsNoKeyUntilTheTokenExpires()
    {
        var played = suite.Of("29-by-token");

        Assert.Equal("[true]", played.Json("tokens"));
        Assert.Equal("[200,200,404]", played.Json("statuses"));
        Assert.Equal([0, 1], played["scores"].EnumerateArray().Select(score => score.GetDouble()).Order());
    }

    [Fact]
    public void FeedbackConfig_WholeLife_IsAsDocumented()
    {
        var played = suite.Of("30-configs");

        Assert.Equal(played.Project, played.Text("again"));
        Assert.Equal("categorical", played["made"].GetProperty("feedback_config").GetProperty("type").GetString());
        Assert.True(played["updated"].GetProperty("is_lower_score_better").GetBoolean());
        Assert.Equal((1, 0), (played["listed"].GetInt32(), played["left"].GetInt32()));
    }

    [Fact]
    public async Task SharedRun_IsReadByAnybodyUntilItIsUnshared()
    {
        var played = suite.Of("31-shared-run");

        Assert.Equal(played.Text("link"), played.Text("found"));
        Assert.Equal(["child", "root"], played.Texts("names"));
        Assert.Equal(["child"], played.Texts("one"));
        Assert.Equal(JsonValueKind.Null, played["unshared"].ValueKind);
        Assert.Equal("LangSmithNotFoundError", played.Text("after"));
        Assert.Equal("success", (await Server.ReadRunAsync(played.Id)).GetProperty("status").GetString());
    }

    [Fact]
    public void Project_WithStatisticsAndMetadata_IsFoundChangedAndDeleted()
    {
        var played = suite.Of("32-projects");

        Assert.Equal((1, 1, 0, 1), (played["runs"].GetInt32(), played["byMetadata"].GetInt32(), played["byOtherMetadata"].GetInt32(), played["free"].GetInt32()));
        Assert.Equal("""{"team":"blue"}""", played.Json("metadata"));
        Assert.Equal("changed", played["changed"].GetProperty("description").GetString());
        Assert.Equal(new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc), played["changed"].GetProperty("end_time").GetDateTime());
        Assert.Contains($"/projects/p/{played["changed"].GetProperty("id").GetGuid()}", played.Text("url"), StringComparison.Ordinal);
        Assert.Equal("LangSmithNotFoundError", played.Text("gone"));
    }

    [Fact]
    public void SharedRun_InTheSecondVersion_IsReadByItsToken()
    {
        var played = suite.Of("35-shared-run-version-two");

        Assert.NotEqual(Guid.Empty, played.Guid("share_token"));
        Assert.Equal($$"""[{"id":"{{played.Id}}","name":"shown"}]""", played.Json("queried"));
        Assert.Equal("""{"name":"shown"}""", played.Json("read"));
    }

    private static int Stat(JsonElement statistics, string key, string figure) => statistics.GetProperty(key).GetProperty(figure).GetInt32();
}
