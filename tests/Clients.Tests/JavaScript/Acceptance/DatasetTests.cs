using System.Text.Json;
using Clients.Tests.Support;

namespace Clients.Tests.JavaScript.Acceptance;

/// <summary>Datasets and experiments by the official JavaScript client: <c>evaluate</c> over files, versions, splits, tables, sharing.</summary>
public sealed class DatasetTests(DatasetSuite suite) : IClassFixture<DatasetSuite>
{
    private RunningServer Server => suite.Server;

    [Fact]
    public void Evaluate_OverFilesTwice_LinksEveryRunToItsExample()
    {
        var played = suite.Of("36-evaluate");

        Assert.Equal(4, played["rows"].GetInt32());
        Assert.All(played["scores"].EnumerateArray(), scores => Assert.Equal("""[["right",true],["files",1]]""", JsonSerializer.Serialize(scores)));
        var byExample = played["runs"].EnumerateArray().ToLookup(run => run[0].GetGuid(), run => run[1].GetString());
        Assert.Equal(played.Guids("examples").Order(), byExample.Select(runs => runs.Key).Order());
        Assert.All(byExample, runs => Assert.Single(runs.Distinct()));
        Assert.Equal(["one:note of one", "two:note of two"], byExample.Select(runs => runs.First()).Order());
    }

    [Fact]
    public void Evaluate_OfAnExperiment_HasItsFiguresOnTheProject()
    {
        var played = suite.Of("36-evaluate");

        var projects = played["projects"].EnumerateArray().ToDictionary(project => project.GetProperty("name").GetString()!);
        Assert.Equal(new[] { played.Text("first"), played.Text("second") }.Order(), projects.Keys.Order());
        Assert.All(projects.Values, project => Assert.Equal(played.Guid("dataset"), project.GetProperty("reference_dataset_id").GetGuid()));
        var first = projects[played.Text("first")!];
        Assert.Equal(4, first.GetProperty("run_count").GetInt32());
        Assert.Equal("m", first.GetProperty("extra").GetProperty("metadata").GetProperty("model").GetString());
        Assert.Equal((4, 1), Count(first.GetProperty("feedback_stats"), "right"));
        Assert.Equal((1, 4), Count(first.GetProperty("session_feedback_stats"), "runs"));
        Assert.Equal((2, 0), Count(projects[played.Text("second")!].GetProperty("feedback_stats"), "right"));
    }

    [Fact]
    public async Task EvaluateComparative_OfTwoExperiments_IsListedWithTheDataset()
    {
        var played = suite.Of("36-evaluate");

        var listed = await Server.ReadAsync($"/datasets/{played.Guid("dataset")}/comparative");
        Assert.Equal(played["compared"].GetProperty("id").GetGuid(), Assert.Single(listed.EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(2, listed[0].GetProperty("experiments_info").GetArrayLength());
        var projects = played["projects"].EnumerateArray();
        Assert.All(projects, project => Assert.True(project.GetProperty("feedback_stats").TryGetProperty("preferred", out _)));
    }

    [Fact]
    public void Dataset_EveryChange_IsAVersionThatTagsAndDifferencesName()
    {
        var played = suite.Of("37-datasets");

        Assert.Equal("LangSmithConflictError", played.Text("again"));
        Assert.Equal(
            $$"""{"examples_modified":["{{played.Guid("second")}}"],"examples_added":[],"examples_removed":["{{played.Guid("first")}}"]}""",
            played.Json("difference"));
        Assert.Equal("[1]", played.Json("filtered"));
        Assert.Equal("[1,2]", played.Json("tagged"));
        Assert.Equal("[22]", played.Json("now"));
        Assert.Equal("""["train"]""", played.Json("splits"));
        Assert.Equal("changed", played.Text("updated"));
        Assert.Equal("[1]", played.Json("found"));
        Assert.False(played["gone"].GetBoolean());
    }

    [Fact]
    public void Dataset_OfACsvFile_HasARowAnExample()
    {
        var rows = suite.Of("37-files")["rows"].EnumerateArray().Select(row => JsonSerializer.Serialize(row)).Order(StringComparer.Ordinal);

        Assert.Equal(["""[{"question":"how, then"},{"answer":"so"}]""", """[{"question":"why"},{"answer":"because"}]"""], rows);
    }

    [Fact]
    public void Dataset_WithASchema_RefusesWhatDoesNotFit() => Assert.Equal(422, suite.Of("37-files")["refused"].GetInt32());

    [Fact]
    public void Dataset_ForFineTuning_IsOneConversationALine() => Assert.Equal(
        """[{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}]}]""",
        suite.Of("37-files").Json("lines"));

    [Fact]
    public async Task Dataset_Shared_IsReadAndClonedByAnybodyUntilItIsUnshared()
    {
        var played = suite.Of("37-shared");

        Assert.Equal(played.Project, played.Text("shown"));
        Assert.Equal("""[{"q":1}]""", played.Json("examples"));
        Assert.Equal("""[{"q":1}]""", played.Json("cloned"));
        Assert.Equal("LangSmithNotFoundError", played.Text("after"));
        Assert.Equal(2, (await Server.ReadAsync($"/datasets?name_contains={played.Project}")).GetArrayLength());
    }

    private static (int Count, double Average) Count(JsonElement statistics, string key) =>
        (statistics.GetProperty(key).GetProperty("n").GetInt32(), statistics.GetProperty(key).GetProperty("avg").GetDouble());
}
