using LangSmith.Server.Web.Compare;

namespace Web.Tests;

public sealed class DiffLineTests
{
    [Fact]
    public void Of_OneLineChangedAndOneAdded_BothAreMarked()
    {
        var lines = DiffLine.Of("a\nb", "a\nc\nd");
        Assert.Equal([true, false, false], lines.Select(line => line.IsSame));
        Assert.Equal("c", lines[1].New);
        Assert.Null(lines[2].Old);
    }

    [Fact]
    public void Of_SameTexts_AllSame() => Assert.All(DiffLine.Of("x\ny", "x\ny"), line => Assert.True(line.IsSame));
}
