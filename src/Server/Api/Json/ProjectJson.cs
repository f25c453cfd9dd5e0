using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore.Statistics;

namespace LangSmith.Server.Api.Json;

/// <summary>Writes a project as a <c>TracerSession</c>.</summary>
internal static class ProjectJson
{
    public const string PlainType = "PROJECT";
    public const string ExperimentType = "EXPERIMENT";

    /// <param name="writer">Where to.</param>
    /// <param name="project">The project.</param>
    /// <param name="statistics">Its figures; null leaves them out.</param>
    public static void Write(Utf8JsonWriter writer, Project project, ReadFigures? statistics = null)
    {
        writer.WriteStartObject();
        WriteProperties(writer, project);
        if (statistics is not null)
        {
            StatisticsJson.WriteProperties(writer, statistics, costsAsText: true);
            FeedbackJson.WriteStats(writer, "session_feedback_stats", statistics.ProjectFeedback);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a project of the second version: with its kind, costs as numbers, the tier in upper case.</summary>
    public static void WriteV2(Utf8JsonWriter writer, Project project, ReadFigures? statistics)
    {
        writer.WriteStartObject();
        WriteProperties(writer, project);
        writer.WriteString("type", project.ReferenceDatasetId is null ? PlainType : ExperimentType);
        if (statistics is not null)
        {
            StatisticsJson.WriteProperties(writer, statistics);
            FeedbackJson.WriteStats(writer, "session_feedback_stats", statistics.ProjectFeedback);
        }

        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, Project project)
    {
        writer.WriteString("id", project.Id);
        writer.WriteString("tenant_id", project.Workspace.Value);
        writer.WriteString("name", project.Name);
        writer.WriteTime("start_time", project.StartTime);
        writer.WriteTime("end_time", project.EndTime);
        writer.WriteString("description", project.Description);
        writer.WriteJson("extra", project.Extra);
        writer.WriteId("reference_dataset_id", project.ReferenceDatasetId);
        writer.WriteId("default_dataset_id", project.DefaultDatasetId);
        writer.WriteString("trace_tier", project.TraceTier);
        writer.WriteNumber("retention_days", project.Retention?.TotalDays);
    }
}
