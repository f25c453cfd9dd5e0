namespace LangSmith.Server.Domain;

/// <summary>How far a run is; the numbers are stored.</summary>
public enum RunStatus
{
    /// <summary>It has not ended.</summary>
    Pending = 0,

    /// <summary>It ended without an error.</summary>
    Success = 1,

    /// <summary>It has an error, ended or not.</summary>
    Error = 2,
}
