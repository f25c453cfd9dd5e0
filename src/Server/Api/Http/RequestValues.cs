using System.Globalization;
using System.Text.Json;
using LangSmith.Server.Domain.Texts;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Api.Http;

/// <summary>Reads query strings as clients write them: repeated keys, <c>key[]</c>, comma lists, <c>True</c> and <c>1</c>.</summary>
internal readonly struct RequestValues(HttpRequest request)
{
    public string? Text(string name)
    {
        var text = (string?)request.Query[name];
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public IReadOnlyList<string> List(string name)
    {
        var values = request.Query[name].Concat(request.Query[$"{name}[]"]).OfType<string>().Where(v => v.Length > 0);
        return [.. values];
    }

    public IReadOnlyList<Guid> Ids(string name) =>
        [.. List(name).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(v => ParseId(name, v))];

    public Guid? Id(string name) => Text(name) is { } text ? ParseId(name, text) : null;

    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        var other => throw ProblemException.Invalid($"'{name}' is '{other}'; give true or false."),
    };

    public int Number(string name, int fallback, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        // Clients pass their users' limits straight through: too many is as many as there may be.
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Clamp(number, minimum, maximum)
            : throw ProblemException.Invalid($"'{name}' is '{text}'; give a whole number.");
    }

    public int Offset => Number("offset", 0, 0, int.MaxValue);

    /// <summary>The page size of lists, at most 100.</summary>
    public int Limit => Number("limit", 100, 1, LangSmith.Protocol.WireLimits.PageSizeMax);

    public DateTimeOffset? Time(string name) =>
        Text(name) is not { } text ? null
        : LenientTime.TryParse(text, out var time) ? time
        : throw ProblemException.Invalid($"'{name}' is '{text}'; give an ISO 8601 time.");

    /// <summary>A JSON object written into the query string.</summary>
    public JsonElement? JsonObject(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(SurrogatePairs.Mend(text).Span) is { ValueKind: JsonValueKind.Object } json
                ? json
                : throw ProblemException.Invalid($"'{name}' is a JSON object.");
        }
        catch (JsonException)
        {
            throw ProblemException.Invalid($"'{name}' is a JSON object.");
        }
    }

    public static Guid ParseId(string name, string text) =>
        RunId.TryParse(text, out var id) ? id : throw ProblemException.Invalid($"'{name}' is '{Shorten(text)}', which is no UUID.");

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100];
}
