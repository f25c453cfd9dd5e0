using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Reads <c>{"post": [run…], "patch": [run…]}</c> and single runs.</summary>
internal static class BatchReader
{
    /// <exception cref="MalformedBodyException">The body is no JSON object.</exception>
    /// <exception cref="BodyLimitException">There are too many operations.</exception>
    public static BodyDrafts ReadBatch(ReadOnlyMemory<byte> body, IngestLimits limits)
    {
        using var document = ParseObject(body, limits);
        var drafts = new RunDrafts();
        var refusals = new List<Refusal>();
        foreach (var (name, kind) in ((string, RunWriteKind)[])[("post", RunWriteKind.Post), ("patch", RunWriteKind.Patch)])
        {
            if (!document.RootElement.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (list.ValueKind != JsonValueKind.Array)
            {
                throw new MalformedBodyException($"'{name}' is not an array of runs.");
            }

            var index = 0;
            foreach (var run in list.EnumerateArray())
            {
                var where = $"{name}[{index++}]";
                if (run.ValueKind != JsonValueKind.Object)
                {
                    refusals.Add(new Refusal(where, "It is no JSON object."));
                }
                else if (drafts.Count == limits.OperationsMax)
                {
                    throw new BodyLimitException($"The body has more runs than the limit OperationsMax of {limits.OperationsMax:N0}. Send smaller batches.");
                }
                else
                {
                    drafts.ForMain(kind, IdOf(run) ?? "", where).TakeMain(run);
                }
            }
        }

        return new BodyDrafts(drafts.Complete(), [], refusals);
    }

    /// <summary>Reads one run; <paramref name="id"/> beats the id in the body, and a post without any gets a fresh one.</summary>
    /// <exception cref="MalformedBodyException">The body is no JSON object.</exception>
    public static BodyDrafts ReadOne(ReadOnlyMemory<byte> body, RunWriteKind kind, string? id, IngestLimits limits)
    {
        using var document = ParseObject(body, limits);
        var draft = new RunDraft(kind, id ?? IdOf(document.RootElement) ?? Uuid7.NewGuid().ToString(), "run");
        draft.TakeMain(document.RootElement);
        return new BodyDrafts([draft], [], []);
    }

    private static string? IdOf(JsonElement run) =>
        run.TryGetProperty(RunField.Id, out var id) && id.ValueKind != JsonValueKind.Null ? LenientJson.Text(id) : null;

    private static JsonDocument ParseObject(ReadOnlyMemory<byte> body, IngestLimits limits)
    {
        var document = LenientJson.TryParse(body, limits.JsonDepthMax)
            ?? throw new MalformedBodyException("The body is no JSON, or nested deeper than the limit JsonDepthMax.");
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new MalformedBodyException("The body is no JSON object.");
    }
}
