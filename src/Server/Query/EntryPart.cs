namespace LangSmith.Server.Query;

/// <summary>What of an entry a test looks at.</summary>
public enum EntryPart
{
    Key,
    Value,

    /// <summary>Of feedback: the number; true is 1.</summary>
    Score,

    /// <summary>Of feedback.</summary>
    Comment,

    /// <summary>Of feedback: the type of its source.</summary>
    Source,
}
