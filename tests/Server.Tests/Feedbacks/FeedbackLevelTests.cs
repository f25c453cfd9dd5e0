using System.Net;
using System.Text;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Feedbacks;

/// <summary>Feedback on projects and by the batch, and what it adds up to.</summary>
public sealed class FeedbackLevelTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Project_WithFeedbackOfItsOwn_ShowsItApartFromItsRuns()
    {
        var name = Uuid7.NewGuid().ToString("N");
        var run = await server.CreateRunAsync(r => r["session_name"] = name);
        var project = (await server.GetAsync($"/sessions?name={name}"))[0].GetProperty("id").GetString();
        await server.PostAsync("/feedback", new { run_id = run, key = "correct", score = 0 });
        await server.PostAsync("/feedback", new { session_id = project, key = "overall", score = true });
        await server.PostAsync("/feedback", new { session_id = project, key = "overall", score = 0.5 });
        await server.PostAsync("/feedback", new { session_id = project, key = "overall", value = "fine", comment = "c" });

        var read = await server.GetAsync($"/sessions/{project}?include_stats=true");
        var overall = read.GetProperty("session_feedback_stats").GetProperty("overall");
        Assert.Equal((3, 0.75), (overall.GetProperty("n").GetInt32(), overall.GetProperty("avg").GetDouble()));
        Assert.Equal((1, "c"), (overall.GetProperty("values").GetProperty("fine").GetInt32(), overall.GetProperty("comments")[0].GetString()));
        Assert.True(read.GetProperty("feedback_stats").TryGetProperty("correct", out _));
        Assert.False(read.GetProperty("feedback_stats").TryGetProperty("overall", out _));
    }

    [Fact]
    public async Task Upsert_AndCorrection_CountOnceAndAreShown()
    {
        var run = await server.CreateRunAsync(id: Uuid7.NewGuid());
        var id = Uuid7.NewGuid();
        await server.PostAsync("/feedback", new { id, run_id = run, key = "k", score = 0 });
        await server.PostAsync("/feedback", new { id, run_id = run, key = "k", score = 1, correction = new { answer = "right" } });

        var feedback = Assert.Single((await server.GetAsync($"/feedback?run={run}")).EnumerateArray());
        Assert.Equal("right", feedback.GetProperty("correction").GetProperty("answer").GetString());
        var stats = (await server.GetAsync($"/runs/{run}")).GetProperty("feedback_stats").GetProperty("k");
        Assert.Equal((1, 1d), (stats.GetProperty("n").GetInt32(), stats.GetProperty("avg").GetDouble()));
    }

    [Fact]
    public async Task Part_OfAMultipartBody_IsFeedbackBeforeItsRun()
    {
        var run = Uuid7.NewGuid();
        var id = Uuid7.NewGuid();
        using var body = new MultipartFormDataContent
        {
            { new StringContent($$"""{"id":"{{id}}","trace_id":"{{run}}","key":"k","score":0.5}""", Encoding.UTF8, "application/json"), $"feedback.{id}" },
        };
        using var answer = await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), body, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(run, (await server.GetAsync($"/feedback/{id}")).GetProperty("run_id").GetGuid());

        await server.CreateRunAsync(id: run);
        Assert.Equal(0.5, (await server.GetAsync($"/runs/{run}")).GetProperty("feedback_stats").GetProperty("k").GetProperty("avg").GetDouble());
    }

    [Fact]
    public async Task Config_OfAPart_IsThatOfTheKey()
    {
        var id = Uuid7.NewGuid();
        using var body = new MultipartFormDataContent
        {
            {
                new StringContent(
                    $$$"""{"id":"{{{id}}}","trace_id":"{{{id}}}","key":"{{{id}}}","score":1,"feedback_config":{"type":"continuous","max":5}}""",
                    Encoding.UTF8, "application/json"),
                $"feedback.{id}"
            },
        };
        using var answer = await server.Http.PostAsync(new Uri("/runs/multipart", UriKind.Relative), body, TestServer.Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        var config = Assert.Single((await server.GetAsync($"/feedback-configs?key={id}")).EnumerateArray());
        Assert.Equal(5, config.GetProperty("feedback_config").GetProperty("max").GetInt32());
    }

    [Fact]
    public async Task Figures_OfManyComments_ShowSome()
    {
        var name = Uuid7.NewGuid().ToString("N");
        Guid[] runs = [await server.CreateRunAsync(r => r["session_name"] = name), await server.CreateRunAsync(r => r["session_name"] = name, Uuid7.NewGuid())];
        for (var index = 0; index < 16; index++)
        {
            await server.PostAsync("/feedback", new { run_id = runs[index % 2], key = "k", value = $"v{index}", comment = $"c{index}" });
        }

        var project = (await server.GetAsync($"/sessions?name={name}&include_stats=true"))[0];
        var stats = project.GetProperty("feedback_stats").GetProperty("k");
        Assert.Equal((16, 16), (stats.GetProperty("n").GetInt32(), stats.GetProperty("values").EnumerateObject().Count()));
        Assert.Equal(10, stats.GetProperty("comments").GetArrayLength());
    }

    [Theory]
    [InlineData("feedback_config")]
    [InlineData("feedbackConfig")]
    public async Task Config_OfTheFirstFeedback_IsThatOfTheKey(string spelling)
    {
        var key = $"key-{spelling}";
        foreach (var type in (string[])["continuous", "categorical"])
        {
            var body = $$$"""{"key":"{{{key}}}","run_id":"{{{Uuid7.NewGuid()}}}","{{{spelling}}}":{"type":"{{{type}}}"}}""";
            await server.SendAsync(HttpMethod.Post, "/feedback", body);
        }

        var config = Assert.Single((await server.GetAsync($"/feedback-configs?key={key}")).EnumerateArray());
        Assert.Equal("continuous", config.GetProperty("feedback_config").GetProperty("type").GetString());
    }
}
