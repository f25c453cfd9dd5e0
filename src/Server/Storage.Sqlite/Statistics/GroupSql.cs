using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Where the group of a run, called <c>r</c>, is.</summary>
internal static class GroupSql
{
    /// <summary>The expression that is a run's group; its value, if it has one, goes to a statement's values.</summary>
    public static string Column(RunGrouping? grouping, SqlText sql) => grouping?.Attribute switch
    {
        null => "''",
        RunAttribute.Project => "r.project_id",
        RunAttribute.Name => "r.name",
        RunAttribute.RunType => "r.run_type",
        RunAttribute.Status => "CASE r.status WHEN 0 THEN 'pending' WHEN 1 THEN 'success' ELSE 'error' END",
        RunAttribute.Model => "r.model",
        RunAttribute.Thread => "r.thread_id",
        RunAttribute.Tag => "g.value",
        RunAttribute.Metadata => $"(SELECT m.value FROM json_each(r.metadata) AS m WHERE m.key = {sql.Parameter(grouping.Key ?? "")})",
        _ => throw new NotSupportedException($"{grouping.Attribute} is nothing that SQLite groups by."),
    };

    /// <summary>The tables that a group comes from besides.</summary>
    public static string Join(RunGrouping? grouping) => grouping?.Attribute == RunAttribute.Tag ? ", json_each(r.tags) AS g" : "";
}
