using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Traces;

/// <summary>A trace with one of its runs selected.</summary>
public sealed record TraceModel
{
    public required IReadOnlyList<TraceRow> Rows { get; init; }

    /// <summary>Tokens and costs of each run with everything below it.</summary>
    public required IReadOnlyDictionary<Guid, RunUsage> Usage { get; init; }

    /// <summary>There are more runs than a page shows.</summary>
    public bool IsCut { get; init; }

    public required RunDetailModel Selected { get; init; }

    public required TracePlace Place { get; init; }

    public Project? Project { get; init; }

    /// <summary>The trace that began next in the project, and the one before; null at the ends.</summary>
    public Guid? Newer { get; init; }

    public Guid? Older { get; init; }

    public required TraceAddress Address { get; init; }

    /// <summary>The run at the top; the oldest, when several are.</summary>
    public RunRecord Root => Rows[0].Run;

    public int Errors => Rows.Count(row => row.Run.Status == RunStatus.Error);

    public bool IsRunning => Rows.Any(row => row.Run.Status == RunStatus.Pending);
}
