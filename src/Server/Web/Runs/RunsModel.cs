using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Runs;

/// <summary>A table of runs; what stands around it comes after it.</summary>
public sealed record RunsModel
{
    public required RunsAddress Address { get; init; }

    /// <summary>Null for all projects.</summary>
    public Project? Project { get; init; }

    public required FilterBar Bar { get; init; }

    public required RunRowsModel Rows { get; init; }

    /// <summary>Whether no run was ever sent, at any time and whatever the filter.</summary>
    public bool IsNew { get; init; }

    /// <summary>The run that is peeked at; null for none.</summary>
    public Guid? Peek { get; init; }

    public required Uri Origin { get; init; }
}
