using System.Text;
using System.Text.Json.Nodes;

namespace LangSmith.Testing;

/// <summary>Looks for a text in everything that a run or its feedback carries.</summary>
internal static class Leaks
{
    /// <summary>The first place where the text is, without the text; null when it is nowhere.</summary>
    public static string? Find(IReadOnlyList<CapturedRun> runs, IReadOnlyList<CapturedFeedback> feedback, string secret)
    {
        var places = runs.SelectMany(run => Fields(run).Select(field => (Place: $"the {field.Name} of run \"{run.Name}\"", field.Text)))
            .Concat(feedback.Select(one => (Place: $"the feedback \"{one.Key}\"", Text: Plain(one.Body))));
        return places.Where(place => place.Text?.Contains(secret, StringComparison.Ordinal) is true)
            // The secret may be in the very name.
            .Select(place => place.Place.Replace(secret, "...", StringComparison.Ordinal))
            .FirstOrDefault();
    }

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
