namespace LangSmith.Server.Storage.Statistics;

/// <summary>What runs are grouped by.</summary>
public enum RunAttribute
{
    /// <summary>The project's id.</summary>
    Project,
    Name,
    RunType,

    /// <summary>In lower case.</summary>
    Status,
    Model,
    Thread,
    Tag,

    /// <summary>The value of a key of the metadata.</summary>
    Metadata,
}
