using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Traces;

/// <summary>A run in the tree.</summary>
/// <param name="Run">The run, without payloads.</param>
/// <param name="Depth">How many runs are above it.</param>
/// <param name="IsOrphan">It names a parent that is not in the trace.</param>
public sealed record TraceRow(RunRecord Run, int Depth, bool IsOrphan);
