using System.Text;
using Bunit;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Storage;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;
using LangSmith.Server.Web.Runs;
using LangSmith.Server.Web.Traces;

namespace Web.Tests;

public sealed class ComponentTests : BunitContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    [Fact]
    public void JsonView_HostileKeysAndValues_AreText()
    {
        var item = JsonItem.Read(Encoding.UTF8.GetBytes($$"""{"{{Hostile}}":["{{Hostile}}",1,true,null]}"""))!;
        var view = Render<JsonView>(parameters => parameters.Add(component => component.Item, item));
        Assert.Empty(view.FindAll("img"));
        Assert.Equal(Hostile, view.Find(".j-str").TextContent);
        Assert.Equal("1", view.Find(".j-num").TextContent);
    }

    [Fact]
    public void JsonView_LongTextAndManyElements_OfferTheWhole()
    {
        var text = Hostile + new string('x', 20_000);
        var item = JsonItem.Read(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { text, list = Enumerable.Repeat(Hostile, 3_000) }))!;
        var view = Render<JsonView>(parameters => parameters.Add(component => component.Item, item));
        Assert.Equal(["Show all 20,028 characters", "Show all: 1,003 more"], view.FindAll(".rest > summary").Select(summary => summary.TextContent));
        Assert.Equal(text, view.Find(".cut .rest > pre").TextContent);
        Assert.Empty(view.FindAll("img"));
    }

    [Fact]
    public void Prose_LongText_OffersTheWhole()
    {
        var text = "# Title\n\n" + new string('x', 200_000);
        var prose = Render<Prose>(parameters => parameters.Add(component => component.Text, text));
        Assert.Equal("Title", prose.Find("h1").TextContent);
        Assert.Equal(text, prose.Find(".rest > pre").TextContent);
    }

    [Fact]
    public void FeedbackPanel_ScoresAndThumbs_AreShownWithTheirGrade()
    {
        var now = DateTimeOffset.UnixEpoch;
        var model = new FeedbackPanelModel(
            Guid.NewGuid(),
            [
                new FeedbackItem(Guid.NewGuid(), Hostile, 0.25, null, Hostile, Hostile, Hostile, "from code", now),
                new FeedbackItem(Guid.NewGuid(), "user_score", 1, true, null, null, null, "from code", now),
            ]);
        var panel = Render<FeedbackPanel>(parameters => parameters.Add(component => component.Model, model));
        Assert.Empty(panel.FindAll("img"));
        Assert.Equal("0.25", panel.Find("b.grade.error").TextContent);
        Assert.Equal("width:25%", panel.Find(".meter i").GetAttribute("style"));
        Assert.Equal("yes", panel.Find("span.grade.success .sr").TextContent);
        Assert.Equal($"/ui/r/{model.RunId}/feedback", panel.Find("form").GetAttribute("action"));
    }

    [Fact]
    public void MessageCard_ToolCall_ShowsNameAndArguments()
    {
        var payload = PayloadModel.Read("""{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"tool_use","id":"c","name":"add","input":{"a":1}}]}"""u8.ToArray())!;
        var card = Render<MessageCard>(parameters => parameters.Add(component => component.Message, payload.Messages![0]));
        Assert.Equal("add", card.Find(".call b").TextContent);
        Assert.Equal("hm", card.Find(".thought .prose").TextContent.Trim());
        Assert.Equal("a", card.Find(".call .j-key").TextContent);
    }

    [Fact]
    public void MessageCard_Folded_SaysItsFirstWords()
    {
        var message = new ChatMessage { Role = "system", Parts = [new ChatPart.Text("You are exact. " + Hostile)] };
        var card = Render<MessageCard>(parameters => parameters.Add(component => component.Message, message).Add(component => component.Folded, true));
        Assert.StartsWith("You are exact.", card.Find(".begin").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("img"));
        Assert.False(card.Find("details").HasAttribute("open"));
    }

    [Fact]
    public void AttachmentList_SoundsFilmsPicturesAndOthers_EachHaveTheirForm()
    {
        RunAttachment[] files =
        [
            new("voice.mp3", "audio/mpeg", "1", 10), new("clip.mp4", "video/mp4", "2", 10), new("a/b.png", "image/png", "3", 10), new(Hostile, "text/html", "4", 10),
        ];
        var run = Guid.NewGuid();
        var list = Render<AttachmentList>(parameters => parameters
            .Add(component => component.RunId, run).Add(component => component.Files, files).Add(component => component.Place, TracePlace.Own));
        Assert.Equal($"/ui/r/{run}/files/voice.mp3", list.Find("audio").GetAttribute("src"));
        Assert.Equal($"/ui/r/{run}/files/clip.mp4", list.Find("video").GetAttribute("src"));
        Assert.Equal($"/ui/r/{run}/files/a%2Fb.png", Assert.Single(list.FindAll("img")).GetAttribute("src"));
        Assert.Contains(Hostile, list.Markup.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void RunMenu_OfASharedRun_NeitherSharesNorCompares()
    {
        var run = Run();
        var shared = Render<RunMenu>(parameters => parameters.Add(menu => menu.Run, run).Add(menu => menu.Place, new TracePlace("token")));
        Assert.Empty(shared.FindAll("[data-share], a[href^='/compare']"));
        Assert.Equal($"/ui/public/token/r/{run.Id}/json", shared.Find("[data-copy-url]").GetAttribute("data-copy-url"));
        var own = Render<RunMenu>(parameters => parameters.Add(menu => menu.Run, run).Add(menu => menu.Place, TracePlace.Own));
        Assert.Equal(run.Id.ToString(), own.Find("[data-share]").GetAttribute("data-share"));
    }

    [Theory]
    [InlineData(0.625, "0.63")]
    [InlineData(1.0, "1")]
    [InlineData(null, "")]
    public void RunRows_Feedback_IsItsKeyAndAverage(double? average, string shown)
    {
        var read = new ReadRun(Run(), RunUsage.None, [new FeedbackSummary { Key = Hostile, Count = 2, Average = average }]);
        var rows = Render<RunRows>(parameters => parameters.Add(rows => rows.Model, new RunRowsModel([read], null, DateTimeOffset.UnixEpoch, ShowsProject: false)));
        Assert.Equal($"{Hostile}{shown}", rows.Find(".c-fb .score").TextContent);
    }

    [Fact]
    public void RunRows_LongTexts_AreCutWhereNobodySeesThem()
    {
        var run = Run() with { InputsPreview = new string('x', 159) + "\U0001F600 and so on", Error = Hostile + new string('y', 9_000) };
        var rows = Render<RunRows>(parameters => parameters.Add(
            rows => rows.Model, new RunRowsModel([new ReadRun(run, RunUsage.None, null)], null, DateTimeOffset.UnixEpoch, ShowsProject: false)));
        Assert.Equal(new string('x', 159) + "…", rows.Find(".c-in").TextContent);
        Assert.Equal(161, rows.Find(".c-out").TextContent.Length);
        Assert.Empty(rows.FindAll("img"));
    }

    private static RunRecord Run() => new()
    {
        Id = Guid.NewGuid(),
        Workspace = WorkspaceId.Default,
        TraceId = Guid.NewGuid(),
        ProjectId = Guid.NewGuid(),
        DottedOrder = "",
        Name = "run",
        RunType = "chain",
        StartTime = DateTimeOffset.UnixEpoch,
        Status = RunStatus.Success,
        FirstReceivedAt = DateTimeOffset.UnixEpoch,
        LastReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
