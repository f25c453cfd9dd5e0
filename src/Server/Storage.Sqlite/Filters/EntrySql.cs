using LangSmith.Server.Domain;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Runs;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Asks for an entry of metadata, inputs, outputs or feedback that passes all tests.</summary>
internal sealed class EntrySql(SqlText sql, WorkspaceId workspace, string run, Action<long[]> addTerms, Action<string> addWords)
{
    public void Add(RunFilter.HasEntry entry)
    {
        sql.Add("(");
        switch (entry.Family)
        {
            case EntryFamily.Metadata:
                AddTerm(entry);
                AddEach($"json_each({run}.metadata)", entry, key: "e.key", value: "e.value");
                break;
            case EntryFamily.Feedback:
                AddFeedback(entry);
                break;
            default:
                var (column, part) = entry.Family == EntryFamily.Inputs ? ("inputs_from", 0) : ("outputs_from", 1);
                AddEach(
                    $"json_each((SELECT {PayloadFunctions.Entries}(w.payload, w.payload_blob, {part}) FROM run_write AS w "
                        + $"WHERE w.sequence = {run}.{column}))",
                    entry, key: "e.value ->> 0", value: "e.value ->> 1");
                break;
        }

        sql.Add(")");
    }

    /// <summary>Narrows by an index where the tests name a key, a value or both exactly.</summary>
    private void AddTerm(RunFilter.HasEntry entry)
    {
        switch (entry.TryExactly(EntryPart.Key), entry.TryExactly(EntryPart.Value))
        {
            case ({ } key, { } value):
                addTerms([RunTerm.MetadataValue(workspace, key, value)]);
                break;
            case ({ } key, null):
                addTerms([RunTerm.MetadataKey(workspace, key)]);
                break;
            case (null, { } value):
                addWords(value);
                break;
        }
    }

    private void AddEach(string rows, RunFilter.HasEntry entry, string key, string value)
    {
        sql.Add($"EXISTS (SELECT 1 FROM {rows} AS e WHERE ");
        sql.Join(" AND ", entry.Tests, test => ValueTestSql.Add(sql, test.Part == EntryPart.Key ? key : value, test.Test), none: "1");
        sql.Add(")");
    }

    private void AddFeedback(RunFilter.HasEntry entry)
    {
        // Left alone, the planner looks for the feedback of each run among all that the workspace has. An EXISTS it may turn into a join, for
        // which this index is none; and a test that is plainly false would take the run, and so the index, out of the condition: hence the ifnull.
        sql.Add($"ifnull((SELECT 1 FROM feedback AS f INDEXED BY feedback_run WHERE f.workspace = {run}.workspace AND f.run_id = {run}.id AND ifnull(");
        sql.Join(" AND ", entry.Tests, test => ValueTestSql.Add(sql, FeedbackColumn(test.Part), test.Test), none: "1");
        sql.Add(", 0) LIMIT 1), 0)");
    }

    private static string FeedbackColumn(EntryPart part) => part switch
    {
        EntryPart.Key => "f.key",
        EntryPart.Score => "f.score",
        EntryPart.Comment => "f.comment",
        EntryPart.Source => "f.source_type",
        _ => "f.value",
    };
}
