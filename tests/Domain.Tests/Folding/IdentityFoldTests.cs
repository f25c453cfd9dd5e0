using System.Text;
using static LangSmith.Server.Domain.Tests.Folding.Journal;

namespace LangSmith.Server.Domain.Tests.Folding;

public sealed class IdentityFoldTests
{
    [Fact]
    public void Report_RetryUnderOneId_ListsBothAttemptsAndTheBeatenOutcome()
    {
        var report = new Journal(
            Post() with { Name = "job", Sender = "client/1" },
            Patch() with { EndTime = Start.AddSeconds(1), Error = "boom" },
            Post(attempt: 5) with { Name = "job" }).Report(resends: 3);

        Assert.Equal([RunStatus.Error, RunStatus.Pending], report.Attempts.Select(attempt => attempt.Status));
        Assert.Equal([0, 0, 1], report.Writes.Select(write => write.Attempt));
        Assert.Equal("client/1", report.Writes[0].Sender);
        Assert.Equal(3, report.Resends);
        Assert.Equal(
            ["dotted_order", "end_time", "error", "start_time"],
            report.Overwritten.Select(field => field.Field).Order(StringComparer.Ordinal));
        Assert.All(report.Overwritten, field => Assert.Equal(3, field.BeatenBy));
    }

    [Fact]
    public void Report_DifferentContentsOfOneField_KeepsTheBeatenOne()
    {
        var report = new Journal(Post() with { Inputs = Json("""{"a":1}""") }, Patch() with { Inputs = Json("""{"a":2}""") }).Report();

        var beaten = Assert.Single(report.Overwritten);
        Assert.Equal(("inputs", """{"a":1}""", 1, 2), (beaten.Field, Encoding.UTF8.GetString(beaten.Value.Span), beaten.Sequence, beaten.BeatenBy));
    }

    [Fact]
    public void Report_SameContentWrittenDifferently_IsNoConflict() =>
        Assert.Empty(new Journal(Post() with { Inputs = Json("""{"a":1}""") }, Patch() with { Inputs = Json("""{ "a": 1 }""") }).Report().Overwritten);

    [Fact]
    public void Report_KeysOfMetadata_ConflictOneByOne()
    {
        var report = new Journal(
            Post() with { Extra = Json("""{"metadata":{"a":1,"b":1}}""") }, Patch() with { Extra = Json("""{"metadata":{"b":2}}""") }).Report();

        Assert.Equal("extra.metadata.b", Assert.Single(report.Overwritten).Field);
    }
}
