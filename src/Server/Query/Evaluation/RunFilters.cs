using System.Text.Json;

namespace LangSmith.Server.Query.Evaluation;

/// <summary>Decides in memory whether a run passes a filter. This is what a filter means: every engine answers the same.</summary>
public static class RunFilters
{
    public static bool Matches(this RunFilter filter, RunSubject run) => filter switch
    {
        RunFilter.AllOf all => all.Parts.All(part => part.Matches(run)),
        RunFilter.AnyOf any => any.Parts.Any(part => part.Matches(run)),
        RunFilter.Not not => !not.Part.Matches(run),
        RunFilter.Compare compare => ValueOrder.Holds(PropertyValue.Of(run, compare.Property), compare.Comparison, Wanted(compare.Property, compare.Value)),
        RunFilter.OneOf one => one.Values.Any(
            value => ValueOrder.Holds(PropertyValue.Of(run, one.Property), Comparison.Equal, Wanted(one.Property, value))),
        RunFilter.IsAbsent absent => PropertyValue.Of(run, absent.Property) is null,
        RunFilter.Like like => LikePattern.Matches(like.Pattern, PropertyValue.TextOf(run, like.Property)),
        RunFilter.Contains contains => contains.Words.All(word => LikePattern.Contains(PropertyValue.TextOf(run, contains.Property), word)),
        RunFilter.HasTag tag => run.Run.Tags.Any(own => EntryTests.Passes(tag.Test, own)),
        RunFilter.HasEntry entry => EntryTests.Exists(run, entry),
        RunFilter.MetadataContains contains => ContainsMetadata(run, contains.Json),
        RunFilter.Search search => Finds(RunWords.Of(run), search.Words),
        _ => throw new NotSupportedException($"{filter.GetType().Name} is no filter."),
    };

    // The values of enumerations are in lower case.
    private static FilterValue Wanted(RunProperty property, FilterValue value) =>
        property is RunProperty.RunType or RunProperty.Status && value is FilterValue.Text text ? text.Value.ToLowerInvariant() : value;

    private static bool Finds(string words, IReadOnlyList<string> wanted) => wanted.All(word => SearchText.Contains(words, SearchText.Of(word)));

    private static bool ContainsMetadata(RunSubject run, JsonElement wanted)
    {
        if (run.Run.Extra.IsEmpty)
        {
            return !wanted.EnumerateObject().Any();
        }

        using var extra = JsonDocument.Parse(run.Run.Extra, new JsonDocumentOptions { MaxDepth = 1024 });
        return wanted.EnumerateObject().All(property => JsonContainment.HasMetadata(extra.RootElement, property.Name, property.Value));
    }
}
