using System.Text;
using System.Text.Json.Nodes;

namespace LangSmith.Testing;

/// <summary>Looks for a text in everything that a run carries.</summary>
internal static class Leaks
{
    public static string? Find(IReadOnlyList<CapturedRun> runs, string secret) =>
        runs.SelectMany(run => Fields(run).Where(field => field.Text?.Contains(secret, StringComparison.Ordinal) is true)
                .Select(field => $"the {field.Name} of run \"{run.Name}\""))
            .FirstOrDefault();

    private static IEnumerable<(string Name, string? Text)> Fields(CapturedRun run)
    {
        yield return ("name", run.Name);
        yield return ("inputs", Plain(run.Inputs));
        yield return ("outputs", Plain(run.Outputs));
        yield return ("metadata", Plain(run.Metadata));
        yield return ("events", Plain(run.Events));
        yield return ("error", run.Error);
        yield return ("tags", string.Join('\n', run.Tags));
        foreach (var file in run.Attachments)
        {
            yield return ("attachments", file.Name + "\n" + Encoding.Latin1.GetString(file.Content.Span));
        }
    }

    /// <summary>All keys and texts of a value, unescaped.</summary>
    private static string? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject json => string.Join('\n', json.Select(property => $"{property.Key}\n{Plain(property.Value)}")),
        JsonArray array => string.Join('\n', array.Select(Plain)),
        _ => node.ToString(),
    };
}
