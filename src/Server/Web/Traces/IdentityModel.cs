using System.Text.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;
using LangSmith.Server.Web.Feedbacks;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Traces;

/// <summary>What is known about a run's id and what came under it.</summary>
public sealed record IdentityModel
{
    private const int TextMax = 2_000;
    private const int BytesMax = 100_000;

    public required IdentityReport Report { get; init; }

    /// <summary>The version that the id itself says, from its bits.</summary>
    public required int Version { get; init; }

    /// <summary>What its form says about where it comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>The time inside a version 7 id.</summary>
    public DateTimeOffset? EmbeddedTime { get; init; }

    /// <summary>How far the id's time is after the run's start.</summary>
    public TimeSpan? Skew { get; init; }

    public required IReadOnlyList<(string Name, string Text)> Aliases { get; init; }

    /// <summary>Fields with several contents, by name.</summary>
    public required IReadOnlyList<FieldConflict> Conflicts { get; init; }

    /// <summary>Feedback that was there before the run and waited for it.</summary>
    public required int FeedbackBefore { get; init; }

    public required DateTimeOffset FirstReceivedAt { get; init; }

    public required DateTimeOffset LastReceivedAt { get; init; }

    /// <param name="run">The run with all its payloads.</param>
    /// <param name="report">What came under its id.</param>
    /// <param name="feedback">What is said about it.</param>
    public static IdentityModel Of(ReadRun run, IdentityReport report, FeedbackPanelModel feedback)
    {
        var record = run.Record;
        DateTimeOffset? embedded = Uuid7.TryGetTimestamp(record.Id, out var time) ? time : null;
        return new IdentityModel
        {
            Report = report,
            Version = record.Id.Version,
            Origin = IdOrigin.Describe(record.Id),
            EmbeddedTime = embedded,
            Skew = embedded - record.StartTime,
            Aliases = IdOrigin.Aliases(record.Id, record.TraceId),
            Conflicts = FindConflicts(run, report),
            FeedbackBefore = feedback.Items.Count(item => item.CreatedAt < record.FirstReceivedAt),
            FirstReceivedAt = record.FirstReceivedAt,
            LastReceivedAt = record.LastReceivedAt,
        };
    }

    private static IReadOnlyList<FieldConflict> FindConflicts(ReadRun run, IdentityReport report)
    {
        if (report.Overwritten.Count == 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(RawRun.Write(run, indented: false), JsonText.Options);
        var writes = report.Writes.ToDictionary(write => write.Sequence);
        return
        [
            .. report.Overwritten.GroupBy(field => field.Field, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new FieldConflict(
                    group.Key,
                    Find(document.RootElement, group.Key) is { } standing ? Cut(JsonText.Indented(standing)) : "not shown",
                    [
                        .. group.OrderByDescending(field => field.Sequence).Select(field => new FieldConflict.Content(
                            Cut(JsonText.Indented(field.Value, BytesMax)), writes.GetValueOrDefault(field.Sequence), writes.GetValueOrDefault(field.BeatenBy))),
                    ])),
        ];
    }

    /// <summary>The value under a path; keys may have dots in them, so the longest key wins.</summary>
    private static JsonElement? Find(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty(path, out var whole))
        {
            return whole;
        }

        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            if (root.TryGetProperty(path[..dot], out var inner) && Find(inner, path[(dot + 1)..]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Cut(string text) => text.Length > TextMax ? text[..TextMax] + "…" : text;
}
