using System.Text.Json;
using System.Text.Json.Nodes;

namespace Server.Tests.Replay;

/// <summary>Reads recorded bodies the way their grammar says, without any of the server's code.</summary>
internal static class ExpectedRuns
{
    public static IReadOnlyDictionary<Guid, ExpectedRun> Of(Recording recording)
    {
        var runs = new Dictionary<Guid, ExpectedRun>();
        foreach (var request in recording.Requests.Where(r => r.TakesRuns))
        {
            if (request.IsMultipart)
            {
                TakeParts(request, runs);
            }
            else if (request.Json.TryGetProperty("post", out _) || request.Json.TryGetProperty("patch", out _))
            {
                TakeAll(runs, request.Json, "post");
                TakeAll(runs, request.Json, "patch");
            }
            else
            {
                var id = request.Method == "PATCH" ? request.Path.Split('/')[^1] : request.Json.GetProperty("id").GetString()!;
                Take(Run(runs, id), request.Method == "POST", request.Json);
            }
        }

        return runs;
    }

    private static void TakeParts(RecordedRequest request, Dictionary<Guid, ExpectedRun> runs)
    {
        foreach (var part in request.Parts)
        {
            var name = part.Name.Split('.', 3);
            if (name[0] == "attachment")
            {
                Run(runs, name[1]).Attachments[name[2]] = (part.ContentType!.Split(';')[0], part.Bytes);
            }
            else if (name[0] is "post" or "patch")
            {
                var run = Run(runs, name[1]);
                if (name.Length == 2)
                {
                    Take(run, name[0] == "post", part.Json);
                }
                else
                {
                    run.Take(name[0] == "post", name[2], Node(part.Json));
                }
            }
        }
    }

    private static void TakeAll(Dictionary<Guid, ExpectedRun> runs, JsonElement batch, string kind)
    {
        if (batch.TryGetProperty(kind, out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var run in list.EnumerateArray())
            {
                Take(Run(runs, run.GetProperty("id").GetString()!), kind == "post", run);
            }
        }
    }

    private static void Take(ExpectedRun run, bool isPost, JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name == "attachments")
            {
                TakeInlineAttachments(run, property.Value);
            }
            else
            {
                run.Take(isPost, property.Name, Node(property.Value));
            }
        }
    }

    private static void TakeInlineAttachments(ExpectedRun run, JsonElement attachments)
    {
        if (attachments.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var attachment in attachments.EnumerateObject())
        {
            var content = attachment.Value[1];
            byte[] bytes = content.ValueKind switch
            {
                JsonValueKind.String => content.GetBytesFromBase64(),
                _ when content.TryGetProperty("data", out var data) => [.. data.EnumerateArray().Select(b => b.GetByte())],
                _ => [.. content.EnumerateObject().Select(b => b.Value.GetByte())],
            };
            run.Attachments[attachment.Name] = (attachment.Value[0].GetString()!, bytes);
        }
    }

    private static ExpectedRun Run(Dictionary<Guid, ExpectedRun> runs, string id)
    {
        var guid = Guid.Parse(id);
        return runs.TryGetValue(guid, out var run) ? run : runs[guid] = new ExpectedRun();
    }

    private static JsonNode? Node(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(json.GetRawText());
}
