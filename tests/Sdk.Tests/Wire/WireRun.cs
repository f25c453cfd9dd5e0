using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Sdk.Tests.Export;

namespace LangSmith.Sdk.Tests.Wire;

/// <summary>One operation on the wire: its main part and the parts that belong to it.</summary>
internal sealed class WireRun(string kind, Guid id)
{
    public string Kind => kind;

    public Guid Id => id;

    public JsonObject Main { get; private set; } = [];

    public Dictionary<string, JsonNode?> Parts { get; } = [];

    public Dictionary<string, (string Type, int Length)> Files { get; } = [];

    /// <summary>The operations of a recording of an official client, in their order.</summary>
    public static List<WireRun> InRecording(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recordings", name + ".json")))!;
        return Gather(
            from request in json["requests"]!.AsArray()
            where (string?)request!["path"] == "/runs/multipart"
            from part in request["body"]!["parts"]!.AsArray()
            select ((string)part!["name"]!, (string)part["contentType"]!, part["json"]?.DeepClone(), (int?)part["actualLength"] ?? 0));
    }

    /// <summary>The operations that a peer received, in their order.</summary>
    public static List<WireRun> Received(MockServer server) => Gather(
        server.AcceptedParts.Select(part => (
            part.Name, part.ContentType,
            part.ContentType.StartsWith("application/json", StringComparison.Ordinal) ? JsonNode.Parse(part.Content) : null,
            part.Content.Length)));

    private static List<WireRun> Gather(IEnumerable<(string Name, string Type, JsonNode? Json, int Length)> parts)
    {
        var runs = new List<WireRun>();
        foreach (var (name, type, json, length) in parts)
        {
            var segments = name.Split('.', 3);
            var id = Guid.Parse(segments[1]);
            if (segments[0] == "attachment")
            {
                runs.Last(run => run.Id == id).Files[segments[2]] = (type.Split(';')[0], length);
                continue;
            }

            if (segments.Length == 2)
            {
                runs.Add(new WireRun(segments[0], id) { Main = json!.AsObject() });
            }
            else
            {
                runs.Last(run => run.Id == id).Parts[segments[2]] = json;
            }
        }

        return runs;
    }

    public JsonValueKind KindOf(string field) => Main[field]?.GetValueKind() ?? JsonValueKind.Null;
}
