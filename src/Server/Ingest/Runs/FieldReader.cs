using System.Text;
using System.Text.Json;
using LangSmith.Protocol;
using LangSmith.Server.Ingest.Json;

namespace LangSmith.Server.Ingest.Runs;

/// <summary>Reads the small fields of a draft, taking each out; what has the wrong form goes to the unknown ones.</summary>
internal readonly ref struct FieldReader(RunDraft draft, UnknownFields unknown, IngestLimits limits)
{
    public string? Text(string field) => Read(field, static e => LenientJson.Text(e));

    public string? Name(string field)
    {
        var text = Text(field);
        if (text is not null && text.Length > limits.NameCharactersMax)
        {
            draft.Refuse(
                $"'{field}' has {text.Length:N0} characters; the limit NameCharactersMax is {limits.NameCharactersMax:N0}. " +
                "Put long texts into inputs or metadata.",
                limitExceeded: true);
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    public Guid? Id(string field)
    {
        var json = draft.Take(field);
        if (json.IsEmpty)
        {
            return null;
        }

        if (RunId.TryParse(Text(json), out var id))
        {
            return id == Guid.Empty ? null : id;
        }

        unknown.Add(field, json);
        return null;
    }

    public DateTimeOffset? Time(string field)
    {
        var json = draft.Take(field);
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = LenientJson.Parse(json);
        if (LenientTime.TryRead(document.RootElement, out var time))
        {
            return time;
        }

        unknown.Add(field, json);
        return null;
    }

    /// <summary>The dotted order when it is one; a malformed one is kept as unknown, and derived anew where that can be done.</summary>
    public string? DottedOrder()
    {
        var json = draft.Take(RunField.DottedOrder);
        if (json.IsEmpty)
        {
            return null;
        }

        var text = Text(json);
        if (LangSmith.Protocol.DottedOrder.TryParseLast(text, out _))
        {
            // Ids are compared without case everywhere else; here they are text.
            return Canonical(text);
        }

        unknown.Add(RunField.DottedOrder, json);
        return null;
    }

    public IReadOnlyList<string>? Tags()
    {
        var json = draft.Take(RunField.Tags);
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = LenientJson.Parse(json);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Array
            ? [.. root.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(LenientJson.Text)]
            : [LenientJson.Text(root)];
    }

    public ReadOnlyMemory<byte> OfKind(string field, JsonValueKind kind)
    {
        var json = draft.Take(field);
        var first = json.Span.TrimStart(" \t\r\n"u8);
        if (json.IsEmpty || first[0] == (kind == JsonValueKind.Object ? (byte)'{' : (byte)'['))
        {
            return json;
        }

        unknown.Add(field, json);
        return default;
    }

    private static string Canonical(string dottedOrder)
    {
        if (!dottedOrder.AsSpan().ContainsAnyInRange('A', 'F'))
        {
            return dottedOrder;
        }

        var text = new StringBuilder(dottedOrder.Length);
        foreach (var character in dottedOrder)
        {
            text.Append(character is >= 'A' and <= 'F' ? char.ToLowerInvariant(character) : character);
        }

        return text.ToString();
    }

    private static string Text(ReadOnlyMemory<byte> json)
    {
        using var document = LenientJson.Parse(json);
        return LenientJson.Text(document.RootElement);
    }

    private string? Read(string field, Func<JsonElement, string> read)
    {
        var json = draft.Take(field);
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = LenientJson.Parse(json);
        return read(document.RootElement);
    }
}
