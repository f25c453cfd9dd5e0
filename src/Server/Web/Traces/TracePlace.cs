using LangSmith.Server.Domain;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Traces;

/// <summary>Where a trace is read: in its workspace, or under a token by anybody who has it. It decides the addresses of all parts.</summary>
/// <param name="Token">The token of a share; null in the workspace.</param>
public sealed record TracePlace(string? Token = null)
{
    /// <summary>In the reader's own workspace.</summary>
    public static TracePlace Own { get; } = new();

    public bool IsShared => Token is not null;

    /// <summary>Before the id in the address of a run's page.</summary>
    public string Runs => Token is null ? "/r/" : $"/public/{Token}/r/";

    /// <summary>Before the id in the address of a run's pane.</summary>
    public string Details => Token is null ? "/ui/r/" : $"/ui/public/{Token}/r/";

    public string Run(Guid id) => Token is null ? Links.Run(id) : Runs + id;

    /// <summary>The address of the trace for scripts; its search is below it.</summary>
    public string Trace(Guid traceId) => Token is null ? $"/ui/trace/{traceId}" : $"/ui/public/{Token}/trace";

    /// <summary>The run as JSON.</summary>
    public string Json(Guid id) => $"{Details}{id}/json";

    public string File(Guid runId, RunAttachment file) => $"{Details}{runId}/files/{Uri.EscapeDataString(file.Name)}";
}
