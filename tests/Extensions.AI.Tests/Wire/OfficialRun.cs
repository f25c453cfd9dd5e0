using System.Text.Json.Nodes;

namespace Extensions.AI.Tests.Wire;

/// <summary>A run as an official wrapper sent it.</summary>
internal sealed record OfficialRun(JsonObject Main, JsonObject Inputs, JsonObject Outputs, JsonObject Metadata, JsonArray Events)
{
    /// <summary>The runs of a recording, parents first.</summary>
    public static IReadOnlyList<OfficialRun> InRecording(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recordings", name + ".json")))!;
        var parts = json["requests"]!.AsArray().Where(request => (string?)request!["path"] == "/runs/multipart")
            .SelectMany(request => request!["body"]!["parts"]!.AsArray())
            .ToDictionary(part => (string)part!["name"]!, part => part!["json"]);
        return [.. parts.Where(part => part.Key.Split('.').Length == 2)
            .Select(part => new OfficialRun(
                part.Value!.AsObject(), parts[part.Key + ".inputs"]!.AsObject(), parts[part.Key + ".outputs"]!.AsObject(),
                parts[part.Key + ".extra"]!["metadata"]!.AsObject(), parts.GetValueOrDefault(part.Key + ".events") as JsonArray ?? []))
            .OrderBy(run => (string?)run.Main["dotted_order"], StringComparer.Ordinal)];
    }
}
