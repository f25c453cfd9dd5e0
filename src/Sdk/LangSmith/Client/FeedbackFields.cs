namespace LangSmith;

/// <summary>What feedback says.</summary>
[Flags]
public enum FeedbackFields
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The number.</summary>
    Score = 1,

    /// <summary>The value of another kind.</summary>
    Value = 2,

    /// <summary>The text.</summary>
    Comment = 4,

    /// <summary>What would have been right.</summary>
    Correction = 8,
}
