using System.Text.Json.Nodes;

namespace Server.Tests.Replay;

/// <summary>A run as it must read after a recording, worked out from the recorded bodies alone.</summary>
internal sealed class ExpectedRun
{
    private readonly Dictionary<string, JsonNode> _post = [];
    private readonly Dictionary<string, JsonNode> _patch = [];

    public Dictionary<string, (string Type, byte[] Bytes)> Attachments { get; } = [];

    /// <summary>More than one start under the id: the attempts, which tests of their own look at.</summary>
    public bool HasSeveralStarts => Starts.Count > 1;

    private HashSet<string> Starts { get; } = [];

    public void Take(bool isPost, string field, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        if (field == "dotted_order")
        {
            Starts.Add(value.ToString().Split('.')[^1]);
        }

        (isPost ? _post : _patch)[field] = value;
    }

    /// <summary>A patch's field beats the post's.</summary>
    public JsonNode? this[string field] => _patch.GetValueOrDefault(field) ?? _post.GetValueOrDefault(field);

    /// <summary>Everything given under a key of <c>extra</c>, the patch's values over the post's.</summary>
    public JsonObject Extra(string section)
    {
        var merged = new JsonObject();
        foreach (var extra in (Dictionary<string, JsonNode>[])[_post, _patch])
        {
            if (extra.GetValueOrDefault("extra")?[section] is JsonObject given)
            {
                foreach (var (key, value) in given.Where(p => p.Value is not null))
                {
                    merged[key] = value!.DeepClone();
                }
            }
        }

        return merged;
    }
}
