using LangSmith.Server.Web;

namespace Web.Tests;

public sealed class StyleTests
{
    [Fact]
    public void Sheets_OfAllFeatures_StyleNoNameTwice()
    {
        var sheets = Sheets();

        Assert.True(sheets.Count > 15, "The sheets are not in the assembly any more: this test looks at nothing.");
        Assert.Empty(StyleClashes.Of(sheets));
    }

    [Theory]
    [InlineData(".note { color: red }", ".note b { color: blue }", ".note is styled by Runs and Traces")]
    [InlineData(".card .note { color: red }", "@media print { .list, .note > b { color: blue } }", ".note is styled by Runs and Traces")]
    [InlineData("#here { color: red }", "#here:hover { color: blue }", "#here is styled by Runs and Traces")]
    [InlineData(".card { color: red }", ".own { color: blue }", "Runs changes what all features share: .card")]
    [InlineData("button.btn:not(.small, .card) { color: red }", "", "Runs changes what all features share: button.btn:not(.small, .card)")]
    public void Of_TwoFeaturesWithOneName_SaysWhich(string runs, string traces, string expected) => Assert.Equal(
        [expected], StyleClashes.Of([(StyleClashes.Shared, ".card, .btn.small { margin: 0 }"), ("Runs", runs), ("Traces", traces)]));

    [Theory]
    [InlineData(".runs .note { color: red }", ".traces .note { color: blue }")]
    [InlineData(".card.run { color: red }", ".card.trace { color: blue } /* .run { } */")]
    [InlineData("@keyframes turn { from { top: 0 } to { top: 1px } }", "@keyframes march { 50% { top: 0 } }")]
    public void Of_NamesOfTheirOwn_AreNoClash(string runs, string traces) => Assert.Empty(
        StyleClashes.Of([(StyleClashes.Shared, ".card { margin: 0 }"), ("Runs", runs), ("Traces", traces)]));

    private static List<(string Feature, string Text)> Sheets()
    {
        var assembly = typeof(WebPages).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".css", StringComparison.Ordinal) && !name.Contains("/vendor/", StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return (name.Split('/')[1], reader.ReadToEnd());
                }),
        ];
    }
}
