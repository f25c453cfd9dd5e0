using System.Text.RegularExpressions;

namespace LangSmith.Server.Web.Search;

/// <summary>Finds ids in what people paste: links, log lines, headers, JSON.</summary>
internal static partial class PastedText
{
    /// <summary>Parameters of addresses that name the run itself, ours and those of LangSmith's pages.</summary>
    private static readonly string[] s_runParameters = ["peek", "run", "run_id"];

    /// <summary>The ids that a text may mean, the likeliest first.</summary>
    public static IReadOnlyList<Guid> Ids(string text)
    {
        if (TraceParent().Match(text) is { Success: true } parent)
        {
            // A span is part of a trace: the narrower one is meant.
            return [Span(parent.Groups["span"].Value), Guid.Parse(parent.Groups["trace"].Value)];
        }

        var found = new List<Guid>();
        foreach (var id in IsAddress(text) ? OfAddress(text) : DottedOrder().IsMatch(text) ? Uuids(text).Reverse() : Uuids(text))
        {
            if (!found.Contains(id))
            {
                found.Add(id);
            }
        }

        return found.Count == 0 && SpanId().Match(text) is { Success: true } span ? [Span(span.Value)] : found;
    }

    private static bool IsAddress(string text) => text.StartsWith('/') || text.Contains("://", StringComparison.Ordinal);

    /// <summary>In a link to a run the last id of the path is the run; its query may name one that is shown beside it, or repeat the trace.</summary>
    private static IEnumerable<Guid> OfAddress(string text)
    {
        var parts = text.Split(['?', '#'], 2);
        var query = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        var named = query.Split('&').Where(pair => s_runParameters.Contains(pair.Split('=')[0])).SelectMany(Uuids);
        return [.. named, .. Uuids(Uri.UnescapeDataString(parts[0])).Reverse(), .. Uuids(query)];
    }

    private static IEnumerable<Guid> Uuids(string text) => Uuid().Matches(text).Select(match => Guid.Parse(match.Value));

    /// <summary>A span's 8 bytes become a run id the way ingestion makes it: behind 8 zero bytes.</summary>
    private static Guid Span(string hex) => Guid.Parse(new string('0', 16) + hex);

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Uuid();

    [GeneratedRegex("\\b[0-9a-f]{2}-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-[0-9a-f]{2}\\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TraceParent();

    /// <summary>The path of a run from its root: the last one is meant.</summary>
    [GeneratedRegex("[0-9]{8}T[0-9]{12}Z[0-9a-f]{8}-", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex DottedOrder();

    [GeneratedRegex("\\b[0-9a-f]{16}\\b", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex SpanId();
}
