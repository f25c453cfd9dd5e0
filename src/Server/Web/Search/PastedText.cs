using System.Text.RegularExpressions;

namespace LangSmith.Server.Web.Search;

/// <summary>Finds ids in what people paste: links, log lines, headers.</summary>
internal static partial class PastedText
{
    /// <summary>The ids that a text may mean, the likeliest first.</summary>
    public static IReadOnlyList<Guid> Ids(string text)
    {
        var found = new List<Guid>();
        if (TraceParent().Match(text) is { Success: true } parent)
        {
            // A span is part of a trace: the narrower one is meant.
            found.Add(Span(parent.Groups["span"].Value));
            found.Add(Guid.Parse(parent.Groups["trace"].Value));
            return found;
        }

        // In a link to a run the last id is the run; its query repeats others.
        var path = text.Split('?', '#')[0];
        var ids = Uuid().Matches(path.Length > 0 ? path : text).Select(match => match.Value).ToList();
        ids.Reverse();
        foreach (var match in ids)
        {
            if (RunId.TryParse(match, out var id) && !found.Contains(id))
            {
                found.Add(id);
            }
        }

        if (found.Count == 0 && SpanId().Match(text.Trim()) is { Success: true } span)
        {
            found.Add(Span(span.Value));
        }

        return found;
    }

    /// <summary>A span's 8 bytes become a run id the way ingestion makes it: behind 8 zero bytes.</summary>
    private static Guid Span(string hex) => Guid.Parse(new string('0', 16) + hex);

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-f])", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Uuid();

    [GeneratedRegex("\\b[0-9a-f]{2}-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-[0-9a-f]{2}\\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TraceParent();

    [GeneratedRegex("^[0-9a-f]{16}$", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex SpanId();
}
