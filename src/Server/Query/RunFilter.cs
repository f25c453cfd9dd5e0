using System.Text.Json;

namespace LangSmith.Server.Query;

/// <summary>A bound condition on a run: fields exist, values have the field's type. Engines translate it, <see
/// cref="Evaluation.RunFilters"/> decides it in memory.</summary>
/// <remarks>A comparison with a property that a run lacks is false, "not equal" is true; <see cref="IsAbsent"/> asks for absence itself.</remarks>
public abstract record RunFilter
{
    /// <summary>True when every part is; without parts true.</summary>
    public sealed record AllOf(IReadOnlyList<RunFilter> Parts) : RunFilter
    {
        public AllOf(params RunFilter[] parts)
            : this((IReadOnlyList<RunFilter>)parts)
        {
        }
    }

    /// <summary>True when a part is; without parts false.</summary>
    public sealed record AnyOf(IReadOnlyList<RunFilter> Parts) : RunFilter
    {
        public AnyOf(params RunFilter[] parts)
            : this((IReadOnlyList<RunFilter>)parts)
        {
        }
    }

    public sealed record Not(RunFilter Part) : RunFilter;

    /// <summary>Compares a property with a value of its type.</summary>
    public sealed record Compare(RunProperty Property, Comparison Comparison, FilterValue Value) : RunFilter;

    /// <summary>The property is one of the values; without values false.</summary>
    public sealed record OneOf(RunProperty Property, IReadOnlyList<FilterValue> Values) : RunFilter;

    /// <summary>The run lacks the property.</summary>
    public sealed record IsAbsent(RunProperty Property) : RunFilter;

    /// <summary>The text matches a pattern in which % stands for any text and _ for one character, whatever the case of ASCII letters.</summary>
    public sealed record Like(RunProperty Property, string Pattern) : RunFilter;

    /// <summary>The text contains every word, whatever the case of ASCII letters.</summary>
    public sealed record Contains(RunProperty Property, IReadOnlyList<string> Words) : RunFilter;

    /// <summary>A tag of the run passes the test.</summary>
    public sealed record HasTag(ValueTest Test) : RunFilter;

    /// <summary>One entry of a family passes all tests.</summary>
    /// <param name="Family">Where the entries are.</param>
    /// <param name="Tests">At least one.</param>
    public sealed record HasEntry(EntryFamily Family, IReadOnlyList<EntryTest> Tests) : RunFilter
    {
        /// <summary>The text that a part must be; null when no test asks for one text.</summary>
        public string? TryExactly(EntryPart part) => Tests
            .Where(test => test.Part == part)
            .Select(test => test.Test is ValueTest.Compare { Comparison: Comparison.Equal, Value: FilterValue.Text text } ? text.Value : null)
            .FirstOrDefault(text => text is not null);
    }

    /// <summary>The metadata contains a JSON object: each of its keys with a value that contains the given one.</summary>
    public sealed record MetadataContains(JsonElement Json) : RunFilter;

    /// <summary>Every word occurs somewhere in name, inputs, outputs, error, tags or metadata.</summary>
    public sealed record Search(IReadOnlyList<string> Words) : RunFilter;
}
