using System.Globalization;

namespace LangSmith.Server.Web.Traces;

/// <summary>What an id says about where it comes from, and how else it is written.</summary>
internal static class IdOrigin
{
    /// <summary>Ids of OpenTelemetry spans have eight bytes and stand behind eight zero bytes.</summary>
    public static string? SpanId(Guid id) =>
        id.ToString("N") is var hex && hex.StartsWith("0000000000000000", StringComparison.Ordinal) && id != Guid.Empty ? hex[16..] : null;

    public static string Describe(Guid id) => SpanId(id) is not null ? "An OpenTelemetry span id" : id.Version switch
    {
        1 or 6 => $"UUIDv{id.Version.ToString(CultureInfo.InvariantCulture)}: from a clock and a network card",
        3 or 5 => $"UUIDv{id.Version.ToString(CultureInfo.InvariantCulture)}: made from a name, the same each time",
        4 => "UUIDv4: random",
        7 => "UUIDv7: time and random bits, or derived from a key",
        8 => "UUIDv8: made by a rule of the sender's own",
        var other => $"No known version of UUID ({other.ToString(CultureInfo.InvariantCulture)})",
    };

    /// <summary>Other forms under which the search box finds the run.</summary>
    public static IReadOnlyList<(string Name, string Text)> Aliases(Guid id, Guid traceId)
    {
        var aliases = new List<(string, string)> { ("32 hex digits", id.ToString("N")), ("URN", $"urn:uuid:{id}") };
        if (SpanId(id) is { } span)
        {
            aliases.Add(("Span id", span));
            aliases.Add(("traceparent", $"00-{traceId:N}-{span}-01"));
        }

        if (traceId != id)
        {
            aliases.Add(("Trace id in OpenTelemetry", traceId.ToString("N")));
        }

        return aliases;
    }
}
