using System.Text.Json;

namespace LangSmith.Server.Web.Payloads;

/// <summary>A run's <c>extra</c> in parts.</summary>
public sealed record RunExtra(
    IReadOnlyList<KeyValuePair<string, string>> Metadata, IReadOnlyList<KeyValuePair<string, string>> Runtime, JsonItem? Rest, string? Model)
{
    private static readonly string[] s_modelKeys = ["ls_model_name", "model_name", "model", "gen_ai.response.model", "gen_ai.request.model"];

    private const int PairsMax = 500;

    public static RunExtra Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return new RunExtra([], [], null, null);
        }

        using var document = JsonDocument.Parse(json, JsonText.Options);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new RunExtra([], [], JsonItem.Of(root), null);
        }

        var metadata = Pairs(root, "metadata");
        var model = Name(metadata) ?? Name(Pairs(root, "invocation_params"));
        var rest = root.EnumerateObject().Where(property => property.Name is not ("metadata" or "runtime")).ToDictionary(p => p.Name, p => p.Value);
        return new RunExtra(metadata, Pairs(root, "runtime"), rest.Count == 0 ? null : JsonItem.Of(JsonSerializer.SerializeToElement(rest)), model);
    }

    private static string? Name(List<KeyValuePair<string, string>> pairs) =>
        s_modelKeys.Select(key => pairs.Find(pair => pair.Key == key).Value).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static List<KeyValuePair<string, string>> Pairs(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var section) || section.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return
        [
            .. section.EnumerateObject().Take(PairsMax).Select(property => KeyValuePair.Create(
                property.Name, property.Value.ValueKind == JsonValueKind.String ? JsonText.String(property.Value) : property.Value.GetRawText())),
        ];
    }
}
