using System.Text;

namespace LangSmith.Server.Query.Evaluation;

/// <summary>The order of values of one type; texts by code point, as UTF-8 bytes sort.</summary>
internal static class ValueOrder
{
    /// <summary>Whether a comparison holds; of an absent value only "not equal" does.</summary>
    public static bool Holds(FilterValue? own, Comparison comparison, FilterValue wanted) =>
        own is null ? comparison == Comparison.NotEqual : Holds(Compare(own, wanted), comparison);

    public static bool Holds(int order, Comparison comparison) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        Comparison.Less => order < 0,
        _ => order <= 0,
    };

    public static int OfTexts(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    private static int Compare(FilterValue own, FilterValue wanted) => (own, wanted) switch
    {
        (FilterValue.Text one, FilterValue.Text other) => OfTexts(one.Value, other.Value),
        (FilterValue.Number one, FilterValue.Number other) => one.Value.CompareTo(other.Value),
        (FilterValue.Time one, FilterValue.Time other) => one.Value.CompareTo(other.Value),
        (FilterValue.Id one, FilterValue.Id other) => one.Value == other.Value ? 0 : 1,
        (FilterValue.Truth one, FilterValue.Truth other) => one.Value.CompareTo(other.Value),
        _ => throw new NotSupportedException($"{own.GetType().Name} does not compare with {wanted.GetType().Name}."),
    };
}
