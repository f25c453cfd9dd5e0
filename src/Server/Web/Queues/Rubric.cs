using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;

namespace LangSmith.Server.Web.Queues;

/// <summary>The questions of a queue: its rubric items, each answered as the configuration of its feedback key says.</summary>
internal static class Rubric
{
    /// <summary>What every queue asks that has no rubric.</summary>
    private static readonly RubricItem s_default = YesOrNo("user_score", "Is the answer good?", isRequired: false);

    /// <summary>Reads the questions.</summary>
    /// <param name="queue">The JSON of the queue's document.</param>
    /// <param name="configs">The JSON of feedback configurations, by key.</param>
    public static IReadOnlyList<RubricItem> Read(JsonObject queue, IReadOnlyDictionary<string, JsonObject> configs)
    {
        var items = queue.Objects("rubric_items")
            .Where(item => item.Text("feedback_key") is not null)
            .DistinctBy(item => item.Text("feedback_key"), StringComparer.Ordinal)
            .Select(item => Item(item, configs.GetValueOrDefault(item.Text("feedback_key")!)?["feedback_config"] as JsonObject))
            .ToList();
        return items.Count == 0 ? [s_default] : items;
    }

    private static RubricItem Item(JsonObject item, JsonObject? config)
    {
        var key = item.Text("feedback_key")!;
        var description = item.Text("description");
        var isRequired = item.Flag("is_required");
        var choices = Choices(item, config);
        return config?.Text("type") switch
        {
            "continuous" => new RubricItem(key, description, RubricKind.Number, [], config.Number("min"), config.Number("max"), isRequired),
            "freeform" => new RubricItem(key, description, RubricKind.Text, [], null, null, isRequired),
            _ when choices.Count > 0 => new RubricItem(key, description, RubricKind.Choice, choices, null, null, isRequired),
            _ => YesOrNo(key, description, isRequired),
        };
    }

    /// <summary>The configured categories; without any, what the rubric itself describes.</summary>
    private static List<RubricChoice> Choices(JsonObject item, JsonObject? config)
    {
        var meanings = item["value_descriptions"] as JsonObject ?? [];
        var categories = config?.Objects("categories")
            .Select(category => (Label: category.Text("label") ?? category["value"]?.ToJsonString(), Score: category.Number("value")))
            .Where(category => category.Label is not null)
            .Select(category => new RubricChoice(category.Label!, category.Score, meanings.Text(category.Label!)))
            .ToList() ?? [];
        return categories.Count > 0 ? categories : [.. meanings.Select(meaning => new RubricChoice(meaning.Key, null, meanings.Text(meaning.Key)))];
    }

    private static RubricItem YesOrNo(string key, string? description, bool isRequired) =>
        new(key, description, RubricKind.Choice, [new("yes", 1, null), new("no", 0, null)], null, null, isRequired);
}
