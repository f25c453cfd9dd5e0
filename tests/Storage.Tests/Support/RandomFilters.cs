using System.Text.Json;
using CsCheck;
using LangSmith.Server.Query;

namespace LangSmith.Server.Storage.Tests.Support;

/// <summary>Filters of every kind, over values that runs have and values that none has.</summary>
internal static class RandomFilters
{
    private static readonly Gen<Comparison> s_comparison = Gen.Enum<Comparison>();
    private static readonly Gen<Comparison> s_equality = Gen.OneOf(Comparison.Equal, Comparison.NotEqual);

    private static readonly Gen<RunFilter> s_scalar = Gen.OneOf(
        Scalar(Gen.OneOf(RunProperty.Name, RunProperty.Error, RunProperty.ThreadId, RunProperty.Model, RunProperty.Inputs, RunProperty.Outputs), s_comparison, RandomTexts.Name.Select(text => (FilterValue)text)),
        Scalar(Gen.Const(RunProperty.RunType), s_equality, Gen.OneOf<FilterValue>("chain", "llm", "none")),
        Scalar(Gen.Const(RunProperty.Status), s_equality, Gen.OneOf<FilterValue>("pending", "success", "error", "interrupted")),
        Scalar(Gen.Const(RunProperty.IsRoot), s_equality, Gen.Bool.Select(truth => (FilterValue)truth)),
        Scalar(
            Gen.OneOf(RunProperty.StartTime, RunProperty.EndTime, RunProperty.FirstTokenTime, RunProperty.InsertedAt), s_comparison,
            Gen.Int[0, 8].Select(half => (FilterValue)Given.Start.AddSeconds(half * 30))),
        Scalar(
            Gen.OneOf(
                RunProperty.Latency, RunProperty.FirstTokenLatency, RunProperty.TotalTokens, RunProperty.TotalTokens, RunProperty.PromptCost,
                RunProperty.ChildRunCount, RunProperty.ExecutionOrder),
            s_comparison, Gen.OneOf<FilterValue>(0d, 0.5, 1d, 2d, 2.25)),
        Scalar(
            Gen.OneOf(RunProperty.Id, RunProperty.TraceId, RunProperty.ParentRunId, RunProperty.ReferenceExampleId, RunProperty.ReferenceDatasetId, RunProperty.ProjectId),
            s_equality, Gen.OneOf(1, 2, 3, 5, 0x66, 0x77, 0x999).Select(number => (FilterValue)Given.Id(number))));

    private static readonly Gen<FilterValue> s_loose = Gen.Frequency(
        (4, RandomTexts.Name.Select(text => (FilterValue)text)), (2, Gen.OneOf<FilterValue>(5d, -1000d, 0.5)), (1, Gen.Bool.Select(truth => (FilterValue)truth)));

    private static readonly Gen<ValueTest> s_valueTest = Gen.OneOf(
        Gen.Select(s_comparison, s_loose, (comparison, value) => (ValueTest)new ValueTest.Compare(comparison, value)),
        s_loose.Array[0, 3].Select(values => (ValueTest)new ValueTest.OneOf(values)),
        Gen.Select(RandomTexts.Pattern, Gen.Bool, (pattern, negated) => (ValueTest)new ValueTest.Like(pattern, negated)));

    private static readonly Gen<EntryTest> s_key = Gen.Frequency(
        (4, RandomTexts.Key.Select(key => new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key)))),
        (1, RandomTexts.Key.Array[1, 3].Select(keys => new EntryTest(EntryPart.Key, new ValueTest.OneOf([.. keys.Select(key => (FilterValue)key)])))),
        (1, RandomTexts.Pattern.Select(pattern => new EntryTest(EntryPart.Key, new ValueTest.Like(pattern)))));

    private static readonly Gen<RunFilter> s_entry = Gen.Select(
        Gen.OneOf(EntryFamily.Metadata, EntryFamily.Metadata, EntryFamily.Inputs, EntryFamily.Outputs), s_key.Array[0, 1],
        s_valueTest.Select(test => new EntryTest(EntryPart.Value, test)).Array[0, 2],
        (family, keys, values) => (RunFilter)new RunFilter.HasEntry(family, [.. keys, .. values]));

    private static readonly Gen<EntryTest> s_judgement = Gen.OneOf(
        Gen.OneOf("score", "grade", "'; --").Select(key => new EntryTest(EntryPart.Key, new ValueTest.Compare(Comparison.Equal, key))),
        Gen.Select(s_comparison, Gen.OneOf(0d, 0.5, 1d), (comparison, score) => new EntryTest(EntryPart.Score, new ValueTest.Compare(comparison, score))),
        Gen.Select(Gen.OneOf(EntryPart.Value, EntryPart.Comment, EntryPart.Source), s_valueTest, (part, test) => new EntryTest(part, test)));

    private static readonly Gen<RunFilter> s_tag = Gen.OneOf(
        RandomTexts.Name.Select(text => (ValueTest)new ValueTest.Compare(Comparison.Equal, text)),
        RandomTexts.Name.Array[0, 3].Select(texts => (ValueTest)new ValueTest.OneOf([.. texts.Select(text => (FilterValue)text)])),
        RandomTexts.Pattern.Select(pattern => (ValueTest)new ValueTest.Like(pattern)))
        .Select(test => (RunFilter)new RunFilter.HasTag(test));

    private static readonly Gen<RunFilter> s_leaf = Gen.Frequency(
        (4, s_scalar),
        (1, TextProperty().Select(property => (RunFilter)new RunFilter.IsAbsent(property))),
        (2, Gen.Select(TextProperty(), RandomTexts.Pattern, (property, pattern) => (RunFilter)new RunFilter.Like(property, pattern))),
        (1, Gen.Select(TextProperty(), RandomTexts.Name.Array[1, 2], (property, words) => (RunFilter)new RunFilter.Contains(property, words))),
        (2, s_tag),
        (4, s_entry),
        (2, s_judgement.Array[1, 3].Select(tests => (RunFilter)new RunFilter.HasEntry(EntryFamily.Feedback, tests))),
        (2, Gen.Select(RandomTexts.Key, Gen.Frequency((2, RandomTexts.Name.Select(text => JsonSerializer.Serialize(text))), (1, Gen.OneOf("5", "true", "null", "{\"a\":{}}", "[1]"))), (key, json) =>
            (RunFilter)new RunFilter.MetadataContains(JsonElement.Parse($"{{{JsonSerializer.Serialize(key)}:{json}}}")))),
        (2, RandomTexts.Name.Array[1, 2].Select(words => (RunFilter)new RunFilter.Search(words))));

    public static readonly Gen<RunFilter> Any = Gen.Recursive<RunFilter>((depth, inner) => depth > 2
        ? s_leaf
        : Gen.Frequency(
            (3, s_leaf),
            (2, inner.Array[0, 3].Select(parts => (RunFilter)new RunFilter.AllOf(parts))),
            (1, inner.Array[0, 3].Select(parts => (RunFilter)new RunFilter.AnyOf(parts))),
            (1, inner.Select(part => (RunFilter)new RunFilter.Not(part)))));

    private static Gen<RunProperty> TextProperty() =>
        Gen.OneOf(RunProperty.Name, RunProperty.Error, RunProperty.ThreadId, RunProperty.Inputs, RunProperty.Outputs);

    private static Gen<RunFilter> Scalar(Gen<RunProperty> property, Gen<Comparison> comparison, Gen<FilterValue> value) => Gen.Frequency(
        (3, Gen.Select(property, comparison, value, (one, how, with) => (RunFilter)new RunFilter.Compare(one, how, with))),
        (1, Gen.Select(property, value.Array[0, 3], (one, values) => (RunFilter)new RunFilter.OneOf(one, values))));
}
