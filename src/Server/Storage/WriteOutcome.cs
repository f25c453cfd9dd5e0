namespace LangSmith.Server.Storage;

/// <summary>What became of a write.</summary>
public enum WriteOutcome
{
    /// <summary>It is stored and counts.</summary>
    Accepted,

    /// <summary>The same write is there already; nothing changed.</summary>
    Duplicate,

    /// <summary>The run was deleted; a late write does not bring it back.</summary>
    Deleted,
}
