using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LangSmith.Testing;

/// <summary>Prints runs as an indented text without ids and times.</summary>
internal static class TreeText
{
    // Snapshots are read by people: quotes and other languages stand as they are.
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<CapturedRun> runs, bool payloads)
    {
        var known = runs.ToDictionary(run => run.Id);
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            text.Append(' ', 2 * Depth(run, known));
            text.Append(CultureInfo.InvariantCulture, $"{run.Name} ({run.RunType}) {Status(run)}");
            if (run.Tags.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" [{string.Join(", ", run.Tags)}]");
            }

            if (payloads)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Print(run.Inputs)} -> {Print(run.Outputs)}");
            }

            if (payloads && run.Error is { } error)
            {
                text.Append(CultureInfo.InvariantCulture, $" ! {error.Split('\n')[0].TrimEnd()}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Print(JsonNode? payload) => payload?.ToJsonString(s_readable) ?? "-";

    private static int Depth(CapturedRun run, Dictionary<Guid, CapturedRun> known)
    {
        var depth = 0;
        for (var parent = run.ParentRunId; parent is { } id && known.TryGetValue(id, out var above); parent = above.ParentRunId)
        {
            depth++;
        }

        return depth;
    }

    private static string Status(CapturedRun run) => run.Error is not null ? "error" : run.EndTime is null ? "pending" : "success";
}
