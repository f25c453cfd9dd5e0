using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Prompts;

/// <summary>What a commit holds: the messages of a prompt template where it is one, and all of it as a tree and as text.</summary>
/// <param name="Messages">The templates in order; empty for anything else than a prompt.</param>
/// <param name="Tree">All of it.</param>
/// <param name="Json">All of it, indented.</param>
public sealed record PromptManifest(IReadOnlyList<PromptManifest.Message> Messages, JsonItem Tree, string Json)
{
    private const int DepthMax = 6;

    /// <summary>The messages as one text, to compare; the JSON when there are none.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (var (role, template) in Messages)
            {
                text.Append('[').Append(role).Append("]\n").Append(template).Append("\n\n");
            }

            return text.Length == 0 ? Json : text.ToString().TrimEnd('\n');
        }
    }

    /// <summary>Reads a manifest as SDKs push it: LangChain's serialised form.</summary>
    public static PromptManifest Read(JsonNode? manifest)
    {
        using var document = JsonSerializer.SerializeToDocument(manifest ?? new JsonObject());
        return new PromptManifest(
            manifest is JsonObject root ? Find(root, 0) : [], JsonItem.Of(document.RootElement), JsonText.Indented(document.RootElement));
    }

    private static List<Message> Find(JsonObject node, int depth)
    {
        if (depth > DepthMax || node["kwargs"] is not JsonObject arguments)
        {
            return [];
        }

        if (arguments["messages"] is JsonArray)
        {
            return [.. arguments.Objects("messages").Select(message => new Message(Role(message), Template(message)))];
        }

        if (arguments.Text("template") is { } template)
        {
            return [new Message("prompt", template)];
        }

        // A prompt that is bound to a model stands first in a sequence.
        return arguments["first"] is JsonObject first ? Find(first, depth + 1) : [];
    }

    private static string Role(JsonObject message)
    {
        var arguments = message["kwargs"] as JsonObject;
        var name = message.Texts("id") is [.., var last] ? last : "";
        return arguments?.Text("role") ?? (name switch
        {
            _ when name.StartsWith("System", StringComparison.Ordinal) => "system",
            _ when name.StartsWith("Human", StringComparison.Ordinal) => "human",
            _ when name.StartsWith("AI", StringComparison.Ordinal) => "ai",
            "MessagesPlaceholder" => "messages",
            { Length: > 0 } => name,
            _ => "message",
        });
    }

    private static string Template(JsonObject message)
    {
        var arguments = message["kwargs"] as JsonObject ?? [];
        return arguments["prompt"] switch
        {
            JsonObject prompt => (prompt["kwargs"] as JsonObject)?.Text("template") ?? "",
            JsonArray => string.Join("\n", arguments.Objects("prompt").Select(part => (part["kwargs"] as JsonObject)?.Text("template"))),
            _ => arguments.Text("template") ?? arguments.Text("content") ?? (arguments.Text("variable_name") is { } name ? $"{{{name}}}" : ""),
        };
    }

    /// <summary>A message of a template.</summary>
    public sealed record Message(string Role, string Template);
}
