using System.Text;
using Bunit;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;

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
}
