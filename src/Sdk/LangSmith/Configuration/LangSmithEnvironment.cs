using System.Globalization;
using System.Text.Json;
using LangSmith.Client;

namespace LangSmith.Configuration;

/// <summary>Reads what the environment says; blanks and quotes around a value do not matter, an empty value is none.</summary>
internal static class LangSmithEnvironment
{
    public static string? Text(string name) => Read("LANGSMITH_" + name) ?? Read("LANGCHAIN_" + name);

    /// <exception cref="ArgumentException">The value is neither true nor false.</exception>
    public static bool? Flag(string name) => FlagOf("LANGSMITH_" + name) ?? FlagOf("LANGCHAIN_" + name);

    /// <summary>Whether tracing is on: the younger names of both families beat the elder ones, ours beat LangChain's.</summary>
    /// <exception cref="ArgumentException">The value is neither true nor false.</exception>
    public static bool? Tracing() =>
        FlagOf("LANGSMITH_TRACING") ?? FlagOf("LANGSMITH_TRACING_V2") ?? FlagOf("LANGCHAIN_TRACING_V2") ?? FlagOf("LANGCHAIN_TRACING");

    /// <exception cref="ArgumentException">The value is no number.</exception>
    public static double? Number(string name) => NumberOf("LANGSMITH_" + name) ?? NumberOf("LANGCHAIN_" + name);

    /// <exception cref="ArgumentException">The value is no address.</exception>
    public static Uri? Endpoint() => Text("ENDPOINT") is { } text ? Address("LANGSMITH_ENDPOINT", text) : null;

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
                    Address("LANGSMITH_RUNS_ENDPOINTS", item.GetProperty("api_url").GetString() ?? ""),
                    Property(item, "api_key"),
                    Property(item, "project_name")))]
                : [.. document.RootElement.EnumerateObject().Select(pair => new RunsEndpoint(
                    Address("LANGSMITH_RUNS_ENDPOINTS", pair.Name), pair.Value.GetString(), null))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unreadable(
                "LANGSMITH_RUNS_ENDPOINTS",
                "is no JSON list of objects with api_url, api_key and project_name, and no object of addresses and keys.",
                exception);
        }
    }

    private static Uri Address(string variable, string text)
    {
        try
        {
            return LangSmithConnection.ParseEndpoint(text);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"{variable}: {exception.Message}", variable, exception);
        }
    }

    private static ArgumentException Unreadable(string name, string problem, Exception cause) => new($"{name} {problem}", name, cause);

    private static bool? FlagOf(string variable) => Read(variable)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" => true,
        "false" or "0" => false,
        var other => throw new ArgumentException($"{variable} is '{other}'; it must be true or false.", variable),
    };

    private static double? NumberOf(string variable) => Read(variable) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"{variable} is '{text}'; it must be a number such as 0.25.", variable);

    private static string? Property(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim().Trim('"', '\'').Trim() is { Length: > 0 } value ? value : null;
}
