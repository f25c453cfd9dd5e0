namespace Architecture.Tests.Reference;

public sealed class LogEventTests
{
    private const string Ingest = "src/Server/Ingest";

    private static readonly LogEvent s_some =
        new(2001, "BatchRefused", "Warning", "Refused {Runs} runs", "A client sent too much.", $"{Ingest}/Log.cs:1", Ingest);

    private static LogEvent[] All => [.. Checkout.Sources.SelectMany(LogEvent.In)];

    [Fact]
    public void Events_OfThisRepository_AreUniqueAndInRange() => Rule.Holds(LogEventRules.Violations(All));

    [Fact]
    public void Events_OfThisRepository_HaveTheirLineInTheDocs() => Page.Matches("docs/reference/event-ids.md", LogEventRules.Print(All));

    [Fact]
    public void In_LoggerMessages_AreReadInBothForms()
    {
        var file = new SourceFile("src/Server/Ingest/Log.cs", """
            static partial class Log
            {
                /// <summary>A client sent more than <c>Limit</c>. Raise it.</summary>
                [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Refused {Runs} runs")]
                public static partial void BatchRefused(ILogger logger, int runs);

                [LoggerMessage(2002, LogLevel.Debug, "Took " + "{Runs}")]
                public static partial void Took(ILogger logger, int runs);
            }
            """);
        Assert.Equal(
            [
                s_some with { Meaning = "A client sent more than `Limit`. Raise it.", At = $"{Ingest}/Log.cs:4" },
                new(2002, "Took", "Debug", "Took {Runs}", null, $"{Ingest}/Log.cs:7", Ingest),
            ],
            LogEvent.In(file));
    }

    [Fact]
    public void Violations_TwoEventsOfOneId_NamesBoth() =>
        Assert.Contains("used twice", Complaint(s_some, s_some with { Name = "Other" }), StringComparison.Ordinal);

    [Fact]
    public void Violations_IdOutOfRange_NamesTheRange() =>
        Assert.Contains("2000–2999", Complaint(s_some with { Id = 3001 }), StringComparison.Ordinal);

    [Fact]
    public void Violations_ProjectWithoutRange_IsNamed() =>
        Assert.Contains("no range", Complaint(s_some with { Project = "src/Server/Domain" }), StringComparison.Ordinal);

    [Fact]
    public void Violations_EventWithoutMeaning_IsNamed() =>
        Assert.Contains("summary", Complaint(s_some with { Meaning = null }), StringComparison.Ordinal);

    [Fact]
    public void FirstDifference_PagesDiffer_ShowsTheLine() =>
        Assert.Contains("line 2:", Page.FirstDifference("a\nb\n", "a\nc\n"), StringComparison.Ordinal);

    private static string Complaint(params LogEvent[] events) => Assert.Single(LogEventRules.Violations(events));
}
