using System.Globalization;

namespace LangSmith.Server.Query.Evaluation;

/// <summary>Tests of entries by themselves.</summary>
internal static class EntryTests
{
    public static bool Exists(RunSubject run, RunFilter.HasEntry wanted) => wanted.Family switch
    {
        EntryFamily.Metadata => run.Metadata.Any(entry => PassesAll(wanted, entry.Key, entry.Value)),
        EntryFamily.Inputs => PayloadEntries.Of(run.Run.Inputs).Any(entry => PassesAll(wanted, entry.Path, entry.Text)),
        EntryFamily.Outputs => PayloadEntries.Of(run.Run.Outputs).Any(entry => PassesAll(wanted, entry.Path, entry.Text)),
        EntryFamily.Feedback => run.Feedback.Any(entry => wanted.Tests.All(test => PassesFeedback(test, entry))),
        _ => throw new NotSupportedException($"{wanted.Family} is no family of entries."),
    };

    /// <summary>Whether a text passes; an absent one passes only tests that negate.</summary>
    public static bool Passes(ValueTest test, string? text) => test switch
    {
        ValueTest.Compare { Value: FilterValue.Number number } compare => PassesNumber(compare.Comparison, NumberOf(text), number.Value),
        ValueTest.Compare compare => text is null
            ? compare.Comparison == Comparison.NotEqual
            : ValueOrder.Holds(ValueOrder.OfTexts(text, TextOf(compare.Value)), compare.Comparison),
        ValueTest.OneOf one => one.Values.Any(value => Passes(new ValueTest.Compare(Comparison.Equal, value), text)),
        ValueTest.Like like => LikePattern.Matches(like.Pattern, text) != like.Negated,
        _ => throw new NotSupportedException($"{test.GetType().Name} is no test."),
    };

    private static bool PassesAll(RunFilter.HasEntry wanted, string key, string value) =>
        wanted.Tests.All(test => Passes(test.Test, test.Part == EntryPart.Key ? key : value));

    private static bool PassesFeedback(EntryTest test, FeedbackEntry entry) => test.Part switch
    {
        EntryPart.Key => Passes(test.Test, entry.Key),
        EntryPart.Score => PassesScore(test.Test, entry.Score),
        EntryPart.Comment => Passes(test.Test, entry.Comment),
        EntryPart.Source => Passes(test.Test, entry.Source),
        _ => Passes(test.Test, entry.Value),
    };

    private static bool PassesScore(ValueTest test, double? score) => test switch
    {
        ValueTest.Compare { Value: FilterValue.Number number } compare => PassesNumber(compare.Comparison, score, number.Value),
        ValueTest.OneOf one => one.Values.Any(value => PassesScore(new ValueTest.Compare(Comparison.Equal, value), score)),
        _ => throw new NotSupportedException($"{test.GetType().Name} is no test of a score."),
    };

    // What is no number is not equal to any, and neither above nor below.
    private static bool PassesNumber(Comparison comparison, double? own, double wanted) =>
        own is { } known && !double.IsNaN(known) ? ValueOrder.Holds(known.CompareTo(wanted), comparison) : comparison == Comparison.NotEqual;

    private static double? NumberOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string TextOf(FilterValue value) => value switch
    {
        FilterValue.Text text => text.Value,
        FilterValue.Truth truth => truth.Value ? "true" : "false",
        FilterValue.Id id => id.Value.ToString(),
        FilterValue.Time time => time.Value.ToString("O", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value.GetType().Name} is no text."),
    };
}
