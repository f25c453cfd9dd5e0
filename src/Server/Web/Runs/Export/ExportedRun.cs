using System.Text;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Shell;

namespace LangSmith.Server.Web.Runs.Export;

/// <summary>A run as a row of a file. The names of the properties are the columns, in this order.</summary>
internal sealed record ExportedRun(
    Guid Id, Guid TraceId, Guid? ParentRunId, string Name, string RunType, string Status, DateTime StartTime, DateTime? EndTime, double? LatencySeconds,
    long? TotalTokens, double? TotalCost, string Tags, string? Error, string Inputs, string Outputs)
{
    public static ExportedRun Of(RunRecord run) => new(
        run.Id, run.TraceId, run.ParentRunId, run.Name, run.RunType, RunLook.Status(run.Status), run.StartTime.UtcDateTime, run.EndTime?.UtcDateTime,
        (run.EndTime - run.StartTime)?.TotalSeconds, run.Usage.TotalTokens, (double?)run.Usage.TotalCost, string.Join(' ', run.Tags), run.Error,
        Encoding.UTF8.GetString(run.Inputs.Span), Encoding.UTF8.GetString(run.Outputs.Span));
}
