namespace LangSmith.Server.Query;

/// <summary>A test on a text or number by itself.</summary>
public abstract record ValueTest
{
    /// <summary>Compares: numerically when both sides are numbers, as texts otherwise.</summary>
    public sealed record Compare(Comparison Comparison, FilterValue Value) : ValueTest;

    public sealed record OneOf(IReadOnlyList<FilterValue> Values) : ValueTest;

    /// <summary>% stands for any text, _ for one character, whatever the case of ASCII letters.</summary>
    public sealed record Like(string Pattern, bool Negated = false) : ValueTest;
}
