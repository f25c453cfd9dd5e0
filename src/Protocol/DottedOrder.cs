using System.Globalization;

namespace LangSmith.Protocol;

/// <summary>Writes and reads dotted orders: the path of a run in its trace, one segment (start time and id) a level, root first.</summary>
/// <remarks>
/// <c>segment = YYYYMMDD "T" HHMMSS fraction "Z" uuid</c>, joined by dots. SDKs write six fraction digits; the collector proxy trims
/// zeros, so up to nine are read. JavaScript writes its execution order into the microseconds, so a time read here may be off by 1 ms.
/// </remarks>
public static class DottedOrder
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssffffff'Z'";
    private const int IdLength = 36;
    private const int SecondsLength = 15;

    /// <summary>The number of levels read at most; a deeper path is refused.</summary>
    public const int DepthMax = 10_000;

    /// <summary>Writes the dotted order of a root run.</summary>
    public static string Print(DateTimeOffset startTime, Guid runId) => Print(null, startTime, runId);

    /// <summary>Writes the dotted order of a run below a parent.</summary>
    /// <param name="parent">The parent's dotted order; null or empty for a root.</param>
    /// <param name="startTime">The run's start; microseconds are kept, finer digits cut.</param>
    /// <param name="runId">The run's id.</param>
    public static string Print(string? parent, DateTimeOffset startTime, Guid runId)
    {
        Span<char> segment = stackalloc char[SecondsLength + 7 + IdLength];
        startTime.UtcDateTime.TryFormat(segment, out var timeLength, TimeFormat, CultureInfo.InvariantCulture);
        runId.TryFormat(segment[timeLength..], out var idLength, "D");
        segment = segment[..(timeLength + idLength)];
        return string.IsNullOrEmpty(parent) ? segment.ToString() : string.Concat(parent, ".", segment);
    }

    /// <summary>Reads a dotted order whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="segments">The segments, root first; empty when the result is false.</param>
    /// <returns>False when any segment is malformed, there is none, or there are more than <see cref="DepthMax"/>.</returns>
    public static bool TryParse(string? text, out IReadOnlyList<DottedOrderSegment> segments)
    {
        segments = [];
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var read = new List<DottedOrderSegment>();
        var rest = text.AsSpan();
        for (var dot = 0; dot >= 0; rest = rest[(dot + 1)..])
        {
            dot = rest.IndexOf('.');
            if (read.Count == DepthMax || !TryParseSegment(dot < 0 ? rest : rest[..dot], out var segment))
            {
                return false;
            }

            read.Add(segment);
        }

        segments = read;
        return true;
    }

    /// <summary>Reads the last segment only: the run's own start and id.</summary>
    public static bool TryParseLast(string? text, out DottedOrderSegment segment)
    {
        var span = text.AsSpan();
        return TryParseSegment(span[(span.LastIndexOf('.') + 1)..], out segment);
    }

    private static bool TryParseSegment(ReadOnlySpan<char> text, out DottedOrderSegment segment)
    {
        segment = default;
        var zone = text.IndexOf('Z');
        var fraction = zone - SecondsLength;
        if (fraction is < 0 or > 9
            || !DateTime.TryParseExact(text[..SecondsLength], "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var seconds)
            || !RunId.TryParse(text[(zone + 1)..], out var id))
        {
            return false;
        }

        long ticks = 0;
        for (var digit = 0; digit < 7; digit++)
        {
            var value = digit < fraction ? text[SecondsLength + digit] - '0' : 0;
            if (value is < 0 or > 9)
            {
                return false;
            }

            ticks = (ticks * 10) + value;
        }

        segment = new DottedOrderSegment(new DateTimeOffset(seconds.AddTicks(ticks)), id);
        return true;
    }
}
