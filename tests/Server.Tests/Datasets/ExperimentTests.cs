using System.Net;
using System.Text.Json;
using LangSmith;
using Server.Tests.Support;

namespace Server.Tests.Datasets;

/// <summary>Experiments: uploaded whole, read by page, compared.</summary>
public sealed class ExperimentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly string _name = $"experiment {Uuid7.NewGuid():N}";

    [Fact]
    [Proves("POST /api/v1/datasets/upload-experiment")]
    public async Task Upload_OfAnExperiment_MakesDatasetExamplesRunsAndScores()
    {
        var (dataset, project, examples) = await UploadAsync("a", [1, 0]);

        var rows = (await server.PostAsync($"/datasets/{dataset}/runs", new { session_ids = new[] { project } })).EnumerateArray().ToList();
        Assert.Equal(examples.Order(), rows.Select(row => row.GetProperty("id").GetGuid()).Order());
        var row = rows.Single(r => r.GetProperty("id").GetGuid() == examples[0]);
        var run = Assert.Single(row.GetProperty("runs").EnumerateArray());
        Assert.Equal("q0", run.GetProperty("inputs").GetProperty("q").GetString());
        Assert.Equal("expected", row.GetProperty("outputs").GetProperty("a").GetString());
        Assert.Equal("actual", run.GetProperty("outputs").GetProperty("a").GetString());
        Assert.Equal("m", run.GetProperty("extra").GetProperty("metadata").GetProperty("k").GetString());
        Assert.Equal(1, run.GetProperty("feedback_stats").GetProperty("correct").GetProperty("avg").GetDouble());
        Assert.Equal(dataset, run.GetProperty("reference_dataset_id").GetGuid());
        var summary = Assert.Single((await server.GetAsync($"/feedback?session={project}&level=session")).EnumerateArray());
        Assert.Equal(("overall", 0.5), (summary.GetProperty("key").GetString(), summary.GetProperty("score").GetDouble()));
        var shown = await server.GetAsync($"/sessions/{project}");
        Assert.Equal(dataset, shown.GetProperty("reference_dataset_id").GetGuid());
        Assert.StartsWith("2026-11-24T12:10:00", shown.GetProperty("end_time").GetString(), StringComparison.Ordinal);

        // The name is taken, and an example of the second upload is one of the first.
        await server.PostAsync("/datasets/upload-experiment", Body("a", dataset, examples, [1, 1]), HttpStatusCode.Conflict);
        await UploadAsync("b", [0, 0], dataset, examples);
        Assert.Equal(2, (await server.GetAsync($"/datasets/{dataset}")).GetProperty("example_count").GetInt32());
    }

    [Fact]
    public async Task Upload_WithABadRow_StoresNothing()
    {
        var bad = new { experiment_name = _name, dataset_name = _name, results = new object[] { new { inputs = new { q = 1 } } } };
        var problem = await server.PostAsync("/datasets/upload-experiment", bad, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("start_time", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty((await server.GetAsync($"/datasets?name={Uri.EscapeDataString(_name)}")).EnumerateArray());
        Assert.Empty((await server.GetAsync($"/sessions?name={Uri.EscapeDataString(_name)}")).EnumerateArray());
    }

    [Fact]
    [Proves("POST /api/v1/datasets/{dataset_id}/runs/delta")]
    public async Task Delta_BetweenExperiments_NamesWhatGotBetterAndWorse()
    {
        var (dataset, baseline, examples) = await UploadAsync("a", [1, 0, 0.5]);
        var (_, other, _) = await UploadAsync("b", [0, 1, 0.5], dataset, examples);
        var body = new { baseline_session_id = baseline, comparison_session_ids = new[] { other }, feedback_key = "correct" };

        var delta = (await server.PostAsync($"/datasets/{dataset}/runs/delta", body)).GetProperty("feedback_deltas").GetProperty(other.ToString());
        Assert.Equal([examples[1]], Ids(delta, "improved_examples"));
        Assert.Equal([examples[0]], Ids(delta, "regressed_examples"));

        await server.PostAsync("/feedback-configs", new { feedback_key = "correct", feedback_config = new { type = "continuous" }, is_lower_score_better = true });
        delta = (await server.PostAsync($"/datasets/{dataset}/runs/delta", body)).GetProperty("feedback_deltas").GetProperty(other.ToString());
        Assert.Equal([examples[0]], Ids(delta, "improved_examples"));
        await server.SendAsync(HttpMethod.Delete, "/feedback-configs?feedback_key=correct", null, HttpStatusCode.NoContent);
    }

    [Fact]
    [Proves("POST /api/v2/datasets/{dataset_id}/experiment-runs")]
    public async Task ExperimentRuns_ArePagedAndFilteredWithSelectedFields()
    {
        var (dataset, project, examples) = await UploadAsync("a", [1, 0, 1]);
        var seen = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await server.PostAsync($"/api/v2/datasets/{dataset}/experiment-runs",
                new { experiment_ids = new[] { project }, page_size = 2, cursor, selects = new[] { "ID", "STATUS" } });
            Assert.Equal(page.GetProperty("has_more").GetBoolean(), page.GetProperty("next_cursor").ValueKind != JsonValueKind.Null);
            cursor = page.GetProperty("next_cursor").GetString();
            seen.AddRange(page.GetProperty("items").EnumerateArray());
        }
        while (cursor is not null);

        Assert.Equal(examples.Order(), seen.Select(item => item.GetProperty("id").GetGuid()).Order());
        var run = Assert.Single(seen[0].GetProperty("runs").EnumerateArray());
        Assert.Equal(["id", "status"], run.EnumerateObject().Select(property => property.Name));
        Assert.Equal("SUCCESS", run.GetProperty("status").GetString());

        var filters = new Dictionary<string, string[]> { [project.ToString()] = ["""and(eq(feedback_key, "correct"), eq(feedback_score, 0))"""] };
        var filtered = await server.PostAsync($"/api/v2/datasets/{dataset}/experiment-runs", new { experiment_ids = new[] { project }, filters });
        Assert.Equal(examples[1], Assert.Single(filtered.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        await server.PostAsync($"/api/v2/datasets/{dataset}/experiment-runs", new { page_size = 2 }, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("feedback.correct", "ASC", new[] { 1, 2, 0 })]
    [InlineData("feedback.correct", "DESC", new[] { 0, 2, 1 })]
    [InlineData("total_tokens", "ASC", null)]
    public async Task ExperimentRuns_Sorted_ComeByTheMeanOfTheirRuns(string by, string order, int[]? expected)
    {
        var (dataset, project, examples) = await UploadAsync("a", [1, 0, 0.5]);
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await server.PostAsync($"/api/v2/datasets/{dataset}/experiment-runs",
                new { experiment_ids = new[] { project }, page_size = 2, cursor, sort = new { by, order } });
            cursor = page.GetProperty("next_cursor").GetString();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
        }
        while (cursor is not null);

        Assert.Equal(expected is null ? examples.Order() : expected.Select(index => examples[index]), expected is null ? seen.Order() : seen);
        var problem = await server.PostAsync($"/api/v2/datasets/{dataset}/experiment-runs",
            new { experiment_ids = new[] { project }, sort = new { by = "luck" } }, HttpStatusCode.BadRequest);
        Assert.Contains("luck", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<(Guid Dataset, Guid Project, Guid[] Examples)> UploadAsync(string name, double[] scores, Guid? dataset = null, Guid[]? examples = null)
    {
        examples ??= [.. scores.Select(_ => Uuid7.NewGuid())];
        var answer = await server.PostAsync("/datasets/upload-experiment", Body(name, dataset, examples, scores));
        return (answer.GetProperty("dataset").GetProperty("id").GetGuid(), answer.GetProperty("experiment").GetProperty("id").GetGuid(), examples);
    }

    private object Body(string name, Guid? dataset, Guid[] examples, double[] scores) => new
    {
        experiment_name = $"{_name} {name}",
        dataset_id = dataset,
        dataset_name = _name,
        experiment_start_time = "2026-11-24T12:00:00Z",
        experiment_end_time = "2026-11-24T12:10:00Z",
        summary_experiment_scores = new[] { new { key = "overall", score = 0.5 } },
        results = examples.Select((example, index) => new
        {
            row_id = example,
            inputs = new { q = $"q{index}" },
            expected_outputs = new { a = "expected" },
            actual_outputs = new { a = "actual" },
            evaluation_scores = new[] { new { key = "correct", score = scores[index] } },
            start_time = "2026-11-24T12:00:00Z",
            end_time = "2026-11-24T12:00:01Z",
            run_metadata = new { k = "m" },
        }),
    };

    private static Guid[] Ids(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(id => id.GetGuid())];
}
