using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Query;
using LangSmith.Server.Storage.Sqlite.Runs;

namespace LangSmith.Server.Storage.Sqlite.Filters;

/// <summary>Asks whether the metadata contains an object, key by key.</summary>
internal sealed class MetadataSql(SqlText sql, WorkspaceId workspace, string run, Action<long[]> addTerms)
{
    public void Add(RunFilter.MetadataContains contains) =>
        sql.Join(" AND ", [.. contains.Json.EnumerateObject()], AddKey, none: "1");

    private void AddKey(JsonProperty property)
    {
        sql.Add("(");
        if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: <= DigestLimits.MetadataValueLengthMax } text)
        {
            addTerms([RunTerm.MetadataValue(workspace, property.Name, text), RunTerm.MoreMetadata(workspace)]);
        }

        // The last write that gave the key has it; the run's row holds only scalars, without their kinds.
        sql.Add($"ifnull((SELECT {PayloadFunctions.MetadataContains}(w.payload, w.payload_blob, ").Value(property.Name)
            .Add(", ").Value(property.Value.GetRawText())
            .Add($") FROM json_each({run}.extra_from) AS s JOIN run_write AS w ON w.sequence = s.value WHERE ")
            .Add($"{PayloadFunctions.MetadataContains}(w.payload, w.payload_blob, ").Value(property.Name).Add(", NULL) = 1")
            .Add(" ORDER BY s.key DESC LIMIT 1), 0) = 1)");
    }
}
