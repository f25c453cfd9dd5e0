using LangSmith.Server.Storage.Sqlite.Search;

namespace LangSmith.Server.Storage.Tests.Sqlite;

/// <summary>How the index leaves the processor to what comes in.</summary>
public sealed class SearchPaceTests
{
    [Theory]
    [InlineData(10, 1, 50, 30)]
    [InlineData(20, 1, 50, 60)]
    [InlineData(9, 1, 50, 0)]
    [InlineData(10, 0, 50, 0)]
    [InlineData(10, 1, 100, 0)]
    public void RestAfter_Work_IsLongerOnlyWhileRunsComeInAndItTrailsLittle(int worked, long written, long behind, int rest) =>
        Assert.Equal(TimeSpan.FromMilliseconds(rest), new SearchPace(trailMax: 100).RestAfter(TimeSpan.FromMilliseconds(worked), written, behind));
}
