using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LangSmith.Server.Commands;

/// <summary>Creates, lists and revokes API keys of a running server.</summary>
internal static class KeysCommand
{
    private const string Path = "/api/v1/api-key";

    public static Command Create()
    {
        var command = new Command("keys", "The API keys of a running server.");
        command.Subcommands.Add(Creation());
        command.Subcommands.Add(Listing());
        command.Subcommands.Add(Revocation());
        return command;
    }

    private static Command Creation()
    {
        var description = new Option<string>("--description") { Description = "What the key is for.", DefaultValueFactory = _ => "" };
        var readOnly = new Option<bool>("--read-only") { Description = "The key may only read." };
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "When the key ends. Default: never." };
        var connection = new ServerConnection();
        var command = new Command("create", "Makes a key and prints it, once: only its hash is kept.") { description, readOnly, expires };
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var body = new JsonObject
            {
                ["description"] = parsed.GetValue(description),
                ["read_only"] = parsed.GetValue(readOnly),
                ["expires_at"] = parsed.GetValue(expires)?.ToString("O"),
            };
            using var content = new StringContent(body.ToJsonString());
            return await connection.SendAsync(parsed, HttpMethod.Post, Path, content, async response =>
            {
                var key = await ServerConnection.JsonAsync(response);
                Console.WriteLine(key.GetProperty("key").GetString());
                await Console.Error.WriteLineAsync($"Made key {key.GetProperty("id").GetString()}. It is shown this once.");
            }, cancellationToken);
        });
        return command;
    }

    private static Command Listing()
    {
        var connection = new ServerConnection();
        var command = new Command("list", "Lists the keys: id, beginning and end, what they may, when they were made and end, what they are for.");
        connection.AddTo(command);
        command.SetAction((parsed, cancellationToken) => connection.SendAsync(parsed, HttpMethod.Get, Path, null, async response =>
        {
            foreach (var key in (await ServerConnection.JsonAsync(response)).EnumerateArray())
            {
                Console.WriteLine(string.Join('\t',
                    Text(key, "id"), Text(key, "short_key"), key.GetProperty("read_only").GetBoolean() ? "reads" : "writes",
                    Text(key, "created_at"), Text(key, "expires_at"), Text(key, "description")));
            }
        }, cancellationToken));
        return command;
    }

    private static Command Revocation()
    {
        var id = new Argument<Guid>("id") { Description = "The key's id, as 'keys list' shows it." };
        var connection = new ServerConnection();
        var command = new Command("revoke", "Ends a key at once.") { id };
        connection.AddTo(command);
        command.SetAction((parsed, cancellationToken) => connection.SendAsync(
            parsed, HttpMethod.Delete, $"{Path}/{parsed.GetValue(id)}", null, async _ => await Console.Error.WriteLineAsync("Revoked."), cancellationToken));
        return command;
    }

    private static string Text(JsonElement key, string name) =>
        key.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "-";
}
