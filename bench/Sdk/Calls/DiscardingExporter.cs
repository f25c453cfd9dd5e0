using System.Diagnostics;
using OpenTelemetry;

namespace LangSmith.Sdk.Bench.Calls;

/// <summary>Takes spans and does nothing: OpenTelemetry's cost without its serialisation.</summary>
internal sealed class DiscardingExporter : BaseExporter<Activity>
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var _ in batch)
        {
        }

        return ExportResult.Success;
    }
}
