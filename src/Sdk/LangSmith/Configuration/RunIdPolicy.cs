namespace LangSmith;

/// <summary>What becomes of a run id that is a UUID, but not of version 7.</summary>
public enum RunIdPolicy
{
    /// <summary>It is taken, with one warning per process; a future version will refuse it.</summary>
    Warn,

    /// <summary>It is refused: the run gets a fresh id, keeps the refused one in its metadata, and a warning says so.</summary>
    Require,

    /// <summary>It is taken, and nothing is said.</summary>
    Allow,
}
