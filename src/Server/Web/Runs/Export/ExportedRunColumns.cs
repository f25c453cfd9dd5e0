using CsvHelper.Configuration;

namespace LangSmith.Server.Web.Runs.Export;

/// <summary>The columns of CSV files: names and times as the API writes them.</summary>
internal sealed class ExportedRunColumns : ClassMap<ExportedRun>
{
    public ExportedRunColumns()
    {
        Map(run => run.Id).Name("id");
        Map(run => run.TraceId).Name("trace_id");
        Map(run => run.ParentRunId).Name("parent_run_id");
        Map(run => run.Name).Name("name");
        Map(run => run.RunType).Name("run_type");
        Map(run => run.Status).Name("status");
        Map(run => run.StartTime).Name("start_time").TypeConverterOption.Format("O");
        Map(run => run.EndTime).Name("end_time").TypeConverterOption.Format("O");
        Map(run => run.LatencySeconds).Name("latency_seconds");
        Map(run => run.TotalTokens).Name("total_tokens");
        Map(run => run.TotalCost).Name("total_cost");
        Map(run => run.Tags).Name("tags");
        Map(run => run.Error).Name("error");
        Map(run => run.Inputs).Name("inputs");
        Map(run => run.Outputs).Name("outputs");
    }
}
