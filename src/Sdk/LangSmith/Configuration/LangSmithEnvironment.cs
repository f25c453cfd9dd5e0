using System.Globalization;
using System.Text.Json;
using LangSmith.Client;

namespace LangSmith.Configuration;

/// <summary>Reads what the environment says; blanks and quotes around a value do not matter, an empty value is none.</summary>
internal static class LangSmithEnvironment
{
    public static string? Text(string name, string? elder = null) => Read("LANGSMITH_" + name) ?? Read("LANGCHAIN_" + (elder ?? name));

    /// <exception cref="ArgumentException">The value is neither true nor false.</exception>
    public static bool? Flag(string name, string? elder = null) => Text(name, elder)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" => true,
        "false" or "0" => false,
        var other => throw new ArgumentException($"LANGSMITH_{name} is '{other}'; it must be true or false.", name),
    };

    /// <exception cref="ArgumentException">The value is no number.</exception>
    public static double? Number(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"LANGSMITH_{name} is '{text}'; it must be a number such as 0.25.", name);

    /// <exception cref="ArgumentException">The value is no address.</exception>
    public static Uri? Endpoint() => Text("ENDPOINT") is { } text ? LangSmithConnection.ParseEndpoint(text) : null;

    /// <exception cref="ArgumentException">The value is not the JSON that is asked for. The message does not repeat it: keys are in it.</exception>
    public static IReadOnlyList<RunsEndpoint>? RunsEndpoints()
    {
        if (Text("RUNS_ENDPOINTS") is not { } json)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(item => new RunsEndpoint(
                    LangSmithConnection.ParseEndpoint(item.GetProperty("api_url").GetString() ?? ""), Property(item, "api_key"), Property(item, "project_name")))]
                : [.. document.RootElement.EnumerateObject().Select(pair => new RunsEndpoint(
                    LangSmithConnection.ParseEndpoint(pair.Name), pair.Value.GetString(), null))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unreadable(
                "LANGSMITH_RUNS_ENDPOINTS", "is no JSON list of objects with api_url, api_key and project_name, and no object of addresses and keys.", exception);
        }
    }

    private static ArgumentException Unreadable(string name, string problem, Exception cause) => new($"{name} {problem}", name, cause);

    private static string? Property(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim().Trim('"', '\'').Trim() is { Length: > 0 } value ? value : null;
}
