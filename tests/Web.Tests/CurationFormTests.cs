using System.Text;
using System.Text.Json.Nodes;
using Bunit;
using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Datasets;
using LangSmith.Server.Web.Experiments;
using LangSmith.Server.Web.Prompts;
using LangSmith.Server.Web.Queues;
using LangSmith.Server.Web.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Web.Tests;

public sealed class CurationFormTests : BunitContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData("selectedSessions=01890000-0000-7000-8000-000000000001,01890000-0000-7000-8000-000000000002&only=worse&page=3")]
    [InlineData("selectedSessions=01890000-0000-7000-8000-000000000001&baseline=01890000-0000-7000-8000-000000000001&example=01890000-0000-7000-8000-000000000003")]
    [InlineData("")]
    public void ComparisonAddress_PrintedAndRead_IsTheSame(string query)
    {
        var address = ComparisonAddress.Read(Query(query));
        var printed = address.Print(Guid.Empty);
        var again = ComparisonAddress.Read(Query(printed.Split('?') is [_, var rest] ? rest : ""));
        Assert.Equal(printed, again.Print(Guid.Empty));
        Assert.Equal(address.Selected, again.Selected);
        Assert.Equal(query.Length == 0 ? [] : query.Split('&')[0].Split('=')[1].Split(',').Select(Guid.Parse), address.Selected);
    }

    [Fact]
    public void ComparisonAddress_WithNonsense_TakesWhatIsLeft()
    {
        var address = ComparisonAddress.Read(Query("selectedSessions=x,01890000-0000-7000-8000-000000000001&selectedSessions=01890000000070008000000000000001&only=<b>&page=-1"));
        Assert.Equal([Guid.Parse("01890000-0000-7000-8000-000000000001")], address.Selected);
        Assert.Equal(("all", 0), (address.Only, address.Page));
    }

    [Theory]
    [InlineData("{", "Inputs: no JSON, see line 1")]
    [InlineData("[1]", "Inputs: give a JSON object")]
    [InlineData("", "Inputs are missing")]
    public void ExampleForm_WithBadInputs_SaysWhere(string inputs, string problem)
    {
        var (example, found) = new ExampleForm(inputs, "", "", "").Change(ExampleForm.New(WorkspaceId.Default, Guid.NewGuid(), s_now), s_now);
        Assert.Null(example);
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void ExampleForm_OfAnExample_ComesBackTheSame()
    {
        var given = new ExampleForm("{\"a\": 1}", "{\"b\": \"ü\"}", "", "train, test, train");
        var (example, _) = given.Change(ExampleForm.New(WorkspaceId.Default, Guid.NewGuid(), s_now), s_now);
        Assert.Equal(["train", "test"], example!.Splits);
        Assert.Equal(ExampleForm.Of(example), ExampleForm.Of(ExampleForm.Of(example).Change(example, s_now).Example!));
    }

    [Theory]
    [InlineData("""{"q":"a","answer":"b"}""", "answer", """{"q":"a"}""", """{"answer":"b"}""")]
    [InlineData("""{"inputs":{"q":1},"outputs":{"a":2},"id":"x"}""", "", """{"q":1}""", """{"a":2}""")]
    [InlineData("""{"inputs.q":"a","outputs.a":"b"}""", "", """{"q":"a"}""", """{"a":"b"}""")]
    [InlineData("""{"q":"a"}""", "", """{"q":"a"}""", null)]
    public void ExampleColumns_OfARow_AreSplit(string row, string outputKeys, string inputs, string? outputs)
    {
        var columns = new ExampleColumns([], outputKeys.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var (foundInputs, foundOutputs) = columns.Split(JsonNode.Parse(row)!.AsObject());
        Assert.Equal(inputs, foundInputs.ToJsonString());
        Assert.Equal(outputs, foundOutputs?.ToJsonString());
    }

    [Fact]
    public void DatasetFile_WithABrokenLine_NamesIt()
    {
        using var stream = new MemoryStream("{\"a\":1}\n[]\n"u8.ToArray());
        var exception = Assert.Throws<DatasetFileException>(() => DatasetFile.ReadRows(stream, isLines: true));
        Assert.Equal("Line 2 is no JSON object.", exception.Message);
    }

    [Fact]
    public void Rubric_WithConfigs_AsksAsTheySay()
    {
        var queue = JsonNode.Parse("""{"rubric_items":[{"feedback_key":"n"},{"feedback_key":"c","is_required":true},{"feedback_key":"t"},{"feedback_key":"plain"}]}""")!.AsObject();
        var configs = new Dictionary<string, JsonObject>
        {
            ["n"] = Config("""{"type":"continuous","min":0,"max":5}"""),
            ["c"] = Config("""{"type":"categorical","categories":[{"value":1,"label":"good"},{"value":0,"label":"bad"}]}"""),
            ["t"] = Config("""{"type":"freeform"}"""),
        };
        var rubric = Rubric.Read(queue, configs);
        Assert.Equal([RubricKind.Number, RubricKind.Choice, RubricKind.Text, RubricKind.Choice], rubric.Select(item => item.Kind));
        Assert.Equal(["good", "bad"], rubric[1].Choices.Select(choice => choice.Label));

        var run = Guid.NewGuid();
        var (given, problem) = ReviewForm.Read(Form(("answer-0", "4"), ("answer-1", "0"), ("comment-1", "fine")), rubric, WorkspaceId.Default, run, s_now);
        Assert.Null(problem);
        Assert.Equal(["n", "c"], given.Select(feedback => feedback.Key));
        Assert.Equal("4", Encoding.UTF8.GetString(given[0].Score.Span));
        Assert.Equal(("\"good\"", "fine", run), (Encoding.UTF8.GetString(given[1].Value.Span), given[1].Comment, given[1].RunId!.Value));
    }

    [Theory]
    [InlineData("answer-0", "6", "“n” is a number from 0 to 5.")]
    [InlineData("answer-0", "NaN", "“n” is a number from 0 to 5.")]
    [InlineData("answer-0", "5", "“c” is still to be answered.")]
    [InlineData("comment-1", "only a comment", "“c” is still to be answered.")]
    [InlineData("answer-1", "7", "“c” has no such choice.")]
    public void ReviewForm_WithBadAnswers_SaysWhich(string field, string answer, string problem)
    {
        RubricItem[] rubric =
        [
            new("n", null, RubricKind.Number, [], 0, 5, false),
            new("c", null, RubricKind.Choice, [new RubricChoice("yes", 1, null)], null, null, true),
        ];
        var (given, found) = ReviewForm.Read(Form((field, answer)), rubric, WorkspaceId.Default, Guid.NewGuid(), s_now);
        Assert.Empty(given);
        Assert.Equal(problem, found);
    }

    [Fact]
    public void PromptManifest_OfAChatPrompt_ShowsItsMessages()
    {
        const string system = """{"id":["langchain_core","prompts","chat","SystemMessagePromptTemplate"],"kwargs":{"prompt":{"kwargs":{"template":"Be short."}}}}""";
        const string history = """{"id":["langchain_core","prompts","chat","MessagesPlaceholder"],"kwargs":{"variable_name":"history"}}""";
        var manifest = PromptManifest.Read(JsonNode.Parse("""{"id":["x"],"kwargs":{"first":{"kwargs":{"messages":[""" + system + "," + history + "]}}}}"));
        Assert.Equal([new("system", "Be short."), new("messages", "{history}")], manifest.Messages);
        Assert.Equal("[system]\nBe short.\n\n[messages]\n{history}", manifest.Text);
        Assert.Empty(PromptManifest.Read(JsonNode.Parse("""{"kwargs":[1]}""")).Messages);
        Assert.Empty(PromptManifest.Read(null).Messages);
    }

    [Fact]
    public void DiffLine_BetweenTexts_MarksLines()
    {
        var lines = DiffLine.Between("a\nb\nc", "a\nB\nc\nd");
        Assert.Equal([("a", null), ("b", false), ("B", true), ("c", null), ("d", true)], lines.Select(line => (line.Text, line.Change)));
    }

    [Fact]
    public void FeedbackKeyForm_WithCategories_ReadsTheirScores()
    {
        var (config, _) = FeedbackKeyForm.Read(Form(("type", "categorical"), ("categories", "kind = 1\r\na = b = 0.5\r\nplain")));
        Assert.Equal("""[{"value":1,"label":"kind"},{"value":0.5,"label":"a = b"},{"value":2,"label":"plain"}]""", config!["categories"]!.ToJsonString());
        Assert.NotNull(FeedbackKeyForm.Read(Form(("type", "categorical"), ("categories", "one"))).Problem);
        Assert.NotNull(FeedbackKeyForm.Read(Form(("type", "continuous"), ("min", "2"), ("max", "1"))).Problem);
    }

    [Fact]
    public void PriceForm_PerMillion_IsKeptPerToken()
    {
        var (row, problem) = PriceForm.Read(Form(("name", "m"), ("match_pattern", "^m"), ("prompt", "2.5"), ("completion", "10")));
        Assert.Null(problem);
        Assert.Equal(0.0000025m, (decimal)row!["prompt_cost"]!);
        Assert.NotNull(PriceForm.Read(Form(("name", "m"), ("match_pattern", "^m"), ("prompt", "-1"), ("completion", "10"))).Problem);
    }

    [Fact]
    public void RubricField_WithHostileTexts_ShowsThem()
    {
        var item = new RubricItem(Hostile, Hostile, RubricKind.Choice, [new RubricChoice(Hostile, 1, Hostile)], null, null, true);
        var field = Render<RubricField>(parameters => parameters.Add(component => component.Item, item).Add(component => component.Index, 2));
        Assert.Empty(field.FindAll("img"));
        Assert.Equal(Hostile, field.Find("legend b").TextContent);
        Assert.Equal("answer-2", field.Find("input[type=radio]").GetAttribute("name"));
        Assert.True(field.Find("input[type=radio]").HasAttribute("required"));
    }

    [Fact]
    public void ScoreTag_ThatGotWorse_SaysSoInWords()
    {
        var tag = Render<ScoreTag>(parameters => parameters.Add(component => component.Score, new Score(Hostile, 0.25, -0.5, Verdict.Worse)));
        Assert.Empty(tag.FindAll("img"));
        Assert.Contains("worse", tag.Find(".score-tag").ClassList);
        Assert.Equal("worse than the baseline", tag.Find(".sr").TextContent.Trim());
    }

    private static JsonObject Config(string json) => new() { ["feedback_config"] = JsonNode.Parse(json) };

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));

    private static FormCollection Form(params (string Name, string Value)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value)));
}
