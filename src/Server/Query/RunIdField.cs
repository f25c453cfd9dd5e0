namespace LangSmith.Server.Query;

/// <summary>The fields of a run that hold an id.</summary>
public enum RunIdField
{
    Id,
    Trace,
    Parent,
    Project,
    ReferenceExample,
}
