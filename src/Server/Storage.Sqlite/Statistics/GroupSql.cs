using LangSmith.Server.Storage.Sqlite.Filters;
using LangSmith.Server.Storage.Statistics;

namespace LangSmith.Server.Storage.Sqlite.Statistics;

/// <summary>Where the group of a run, called <c>r</c>, is.</summary>
internal static class GroupSql
{
    /// <summary>Adds the expression that is a run's group.</summary>
    public static void AddColumn(SqlText sql, RunGrouping? grouping)
    {
        switch (grouping?.Attribute)
        {
            case null:
                sql.Add("''");
                break;
            case RunAttribute.Project:
                sql.Add("r.project_id");
                break;
            case RunAttribute.Name:
                sql.Add("r.name");
                break;
            case RunAttribute.RunType:
                sql.Add("r.run_type");
                break;
            case RunAttribute.Status:
                sql.Add("CASE r.status WHEN 0 THEN 'pending' WHEN 1 THEN 'success' ELSE 'error' END");
                break;
            case RunAttribute.Model:
                sql.Add("r.model");
                break;
            case RunAttribute.Thread:
                sql.Add("r.thread_id");
                break;
            case RunAttribute.Tag:
                sql.Add("g.value");
                break;
            case RunAttribute.Metadata:
                sql.Add("(SELECT m.value FROM json_each(r.metadata) AS m WHERE m.key = ").Value(grouping.Key ?? "").Add(")");
                break;
            default:
                throw new NotSupportedException($"{grouping.Attribute} is nothing that SQLite groups by.");
        }
    }

    /// <summary>The tables that a group comes from.</summary>
    public static string From(RunGrouping? grouping) =>
        grouping?.Attribute == RunAttribute.Tag ? "run AS r, json_each(r.tags) AS g" : "run AS r";
}
