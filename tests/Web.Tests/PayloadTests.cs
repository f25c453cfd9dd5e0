using System.Text;
using LangSmith.Server.Web.Payloads;
using LangSmith.Server.Web.Traces;

namespace Web.Tests;

public sealed class PayloadTests
{
    public static TheoryData<string> OneHumanMessage =>
    [
        """{"messages":[{"role":"user","content":"hi"}]}""",
        """{"messages":[["human","hi"]]}""",
        """{"messages":[[{"lc":1,"type":"constructor","id":["langchain","schema","messages","HumanMessage"],"kwargs":{"content":"hi"}}]]}""",
        """{"input":{"messages":[{"type":"human","content":[{"type":"text","text":"hi"}]}]}}""",
        """[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""",
        """{"messages":[{"type":"human","data":{"content":"hi"}}]}""",
    ];

    [Theory]
    [MemberData(nameof(OneHumanMessage))]
    public void Read_MessagesOfEveryClient_AreMessages(string json)
    {
        var message = Assert.Single(Read(json).Messages!);
        Assert.Equal("human", message.Role);
        Assert.Equal(new ChatPart.Text("hi"), Assert.Single(message.Parts));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"add","input":{"a":1}}]}""")]
    [InlineData("""{"generations":[[{"text":"","message":{"kwargs":{"content":"","tool_calls":[{"id":"c","name":"add","args":{"a":1}}]},"id":["m","AIMessage"]}}]]}""")]
    public void Read_ToolCalls_AreCallsWithArguments(string json)
    {
        var message = Assert.Single(Read(json).Messages!);
        var call = Assert.IsType<ChatPart.ToolCall>(Assert.Single(message.Parts));
        Assert.Equal(("ai", "add", "c"), (message.Role, call.Name, call.Id));
        Assert.Equal("a", Assert.Single(call.Arguments.Children).Key);
    }

    [Fact]
    public void Read_LongTextAndLongArray_KeepTheWholeForThoseWhoAsk()
    {
        var text = new string('a', 9_999) + "\U0001F600" + new string('b', 5_000);
        var numbers = Enumerable.Range(0, 5_000).ToList();
        var tree = JsonItem.Read(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { text, numbers }))!;
        var cut = tree.Children[0].Value;
        Assert.Equal(new string('a', 9_999), cut.Text);
        Assert.Equal(text, cut.Rest);
        var array = tree.Children[1].Value;
        Assert.Equal(5_000, array.Children.Count + array.Left);
        Assert.Equal(numbers.Skip(array.Children.Count), array.Rest!.Split('\n').Select(int.Parse));
    }

    [Fact]
    public void Read_ShortValues_HaveNoRest() => Assert.Null(JsonItem.Read("""{"a":["b",1]}"""u8.ToArray())!.Children[0].Value.Rest);

    [Fact]
    public void Read_RemotePicture_IsNotFetched()
    {
        var json = """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://evil.example/p.png"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}},{"type":"image_url","image_url":{"url":"data:image/svg+xml,x"}}]}]}""";
        Assert.Equal([typeof(ChatPart.Remote), typeof(ChatPart.Picture), typeof(ChatPart.Remote)], Assert.Single(Read(json).Messages!).Parts.Select(part => part.GetType()));
    }

    [Fact]
    public void After_OutputsThatRepeatTheInputs_KeepsWhatIsNew()
    {
        var inputs = Read("""{"messages":[{"role":"user","content":"q"}]}""");
        var outputs = Read("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""");
        Assert.Equal("ai", Assert.Single(outputs.After(inputs).Messages!).Role);
        Assert.Equal(2, outputs.After(Read("""{"messages":[{"role":"user","content":"other"}]}""")).Messages!.Count);
    }

    [Theory]
    [InlineData("""{"documents":[{"page_content":"x","metadata":{"source":"s","score":0.5}}]}""")]
    [InlineData("""{"output":[{"pageContent":"x","metadata":{"source":"s","score":0.5}}]}""")]
    public void Read_Documents_AreDocuments(string json)
    {
        var document = Assert.Single(Read(json).Documents!);
        Assert.Equal(("x", "s", 0.5), (document.Content, document.Source, document.Score));
    }

    [Theory]
    [InlineData("""{"answer":"text"}""", "answer")]
    [InlineData("\"text\"", "")]
    public void Read_OnlyAText_IsText(string json, string name) => Assert.Equal((name, "text"), Read(json).Text);

    [Fact]
    public void Read_AnythingElse_IsATreeWithinBounds()
    {
        var tree = Read($"[{string.Join(',', Enumerable.Range(0, 5_000))}]").Tree!;
        Assert.Equal(5_000, tree.Children.Count + tree.Left);
        Assert.InRange(tree.Children.Count, 1_000, 2_000);
        Assert.NotNull(Read(new string('[', 500) + new string(']', 500)).Tree);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("[x](javascript:alert(1))", "javascript:")]
    [InlineData("[x](data:text/html,hi)", "data:")]
    [InlineData("[x](vbscript:a)", "vbscript:")]
    [InlineData("<javascript:alert(1)>", "href=\"javascript")]
    [InlineData("![x](https://evil.example/p.png)", "<img")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)", "javascript:")]
    [InlineData("[x](//evil.example \"t\")", "<script")]
    public void Markdown_Hostile_IsHarmless(string text, string forbidden) =>
        Assert.DoesNotContain(forbidden, MarkdownText.ToHtml(text).Value, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Markdown_NestedBeyondReason_IsStillText() => Assert.Contains("&gt;", MarkdownText.ToHtml(new string('>', 5_000)).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("TimeoutError: no answer\n   at A.B() in C.cs:line 1", "TimeoutError", "no answer", "at A.B() in C.cs:line 1")]
    [InlineData("System.IO.IOException: disk full\nmore", "System.IO.IOException", "disk full\nmore", null)]
    [InlineData("ValueError('bad')", "ValueError", "ValueError('bad')", null)]
    [InlineData("it broke: badly", "Error", "it broke: badly", null)]
    public void ErrorText_OfAnyLanguage_HasKindMessageAndStack(string error, string kind, string message, string? stack) =>
        Assert.Equal(new ErrorText(kind, message, stack), ErrorText.Of(error));

    [Fact]
    public void ErrorText_Traceback_TakesTheLastLine()
    {
        var text = ErrorText.Of("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nValueError: bad");
        Assert.Equal(("ValueError", "bad"), (text.Kind, text.Message));
    }

    private static PayloadModel Read(string json) => PayloadModel.Read(Encoding.UTF8.GetBytes(json))!;
}
