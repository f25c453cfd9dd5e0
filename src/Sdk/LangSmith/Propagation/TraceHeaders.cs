using System.Text;
using System.Text.Json;
using LangSmith.Capture;
using LangSmith.Protocol;
using LangSmith.Tracing;

namespace LangSmith.Propagation;

/// <summary>Writes and reads the headers by which a trace goes on in another process.</summary>
/// <remarks>
/// <c>langsmith-trace</c> is the run's dotted order; <c>baggage</c> carries <c>langsmith-metadata</c> (JSON), <c>langsmith-tags</c> (separated
/// by commas) and <c>langsmith-project</c>, percent-encoded, as langsmith 0.11.1 for Python and 0.12.0 for JavaScript write them (2026-11).
/// </remarks>
internal static class TraceHeaders
{
    private const string Metadata = "langsmith-metadata";
    private const string Tags = "langsmith-tags";
    private const string Project = "langsmith-project";

    /// <summary>Ours: other clients leave it alone, and without a trace to go on with they begin one of their own.</summary>
    private const string Sampled = "langsmith-sampled";

    /// <summary>The headers of a run whose trace is sampled out: what is called now must not record the rest of it.</summary>
    public static IReadOnlyDictionary<string, string> NotSampled { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [WireHeaders.Baggage] = Sampled + "=false" };

    public static IReadOnlyDictionary<string, string> Write(RunTree run)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [WireHeaders.Trace] = run.DottedOrder };
        var baggage = new List<string>();
        if (MetadataText(run) is { } metadata)
        {
            baggage.Add($"{Metadata}={Uri.EscapeDataString(metadata)}");
        }

        if (run.Tags is { Count: > 0 } tags)
        {
            baggage.Add($"{Tags}={Uri.EscapeDataString(string.Join(',', tags.Select(run.Tracer.Redactor.Text)))}");
        }

        if (run.ProjectName is { Length: > 0 } project)
        {
            baggage.Add($"{Project}={Uri.EscapeDataString(project)}");
        }

        if (baggage.Count > 0)
        {
            headers[WireHeaders.Baggage] = string.Join(',', baggage);
        }

        return headers;
    }

    /// <summary>The run that a call came from; null when the headers name none.</summary>
    public static RunTree? Read<TValue>(IEnumerable<KeyValuePair<string, TValue>> headers, LangSmithTracer tracer)
    {
        string? trace = null;
        string? baggage = null;
        foreach (var (name, value) in headers)
        {
            if (WireHeaders.Trace.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                trace = Text(value);
            }
            else if (WireHeaders.Baggage.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                baggage = baggage is null ? Text(value) : $"{baggage},{Text(value)}";
            }
        }

        if (string.IsNullOrWhiteSpace(trace))
        {
            return Items(baggage).Any(item => item is (Sampled, "false")) ? SampledOut(tracer, Uuid7.NewGuid()) : null;
        }

        if (!DottedOrder.TryParse(trace.Trim(), out var segments))
        {
            Log.MalformedHeader(tracer.Logger, WireHeaders.Trace);
            return null;
        }

        // Decided by trace id, as where the trace began.
        if (!tracer.Records(segments[0].RunId))
        {
            return SampledOut(tracer, segments[^1].RunId);
        }

        var (inheritance, project) = ReadBaggage(baggage, tracer);
        return RunTree.Remote(tracer, segments[^1], segments[0].RunId, trace.Trim(), project, inheritance);
    }

    /// <summary>What a header says: HTTP clients and servers have sequences of texts, message brokers bytes.</summary>
    private static string? Text(object? value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IEnumerable<string?> texts => string.Join(',', texts),
        _ => value?.ToString(),
    };

    private static RunTree SampledOut(LangSmithTracer tracer, Guid id) =>
        RunTree.Untraced(tracer, id, "", null, tracer.Time.GetUtcNow(), null, isSampledOut: true);

    /// <summary>The items of a baggage header (W3C): blanks and properties around them do not matter, broken ones are left out.</summary>
    private static IEnumerable<(string Name, string Value)> Items(string? baggage)
    {
        foreach (var item in (baggage ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (item.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals)
            {
                yield return (item[..equals].Trim(), Uri.UnescapeDataString(item[(equals + 1)..].Split(';')[0].Trim()));
            }
        }
    }

    private static (Inheritance? Inheritance, string? Project) ReadBaggage(string? baggage, LangSmithTracer tracer)
    {
        Dictionary<string, object?>? metadata = null;
        string[]? tags = null;
        string? project = null;
        foreach (var (name, value) in Items(baggage))
        {
            switch (name)
            {
                case Metadata:
                    metadata = ReadMetadata(value, tracer);
                    break;
                case Tags:
                    tags = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
                    break;
                case Project:
                    project = value.Length > 0 ? value : null;
                    break;
            }
        }

        return (Inheritance.Add(null, tags, metadata, tracer.Json), project);
    }

    private static Dictionary<string, object?>? ReadMetadata(string json, LangSmithTracer tracer)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var metadata = new Dictionary<string, object?>();
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    // The last of a name that comes twice counts, as where the others read it.
                    metadata[property.Name] = property.Value.ValueKind == JsonValueKind.String
                        ? property.Value.GetString()
                        : new CapturedJson(Encoding.UTF8.GetBytes(property.Value.GetRawText()));
                }

                return metadata;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair in it. Said below.
        }

        Log.MalformedHeader(tracer.Logger, WireHeaders.Baggage);
        return null;
    }

    private static string? MetadataText(RunTree run)
    {
        var metadata = run.Metadata;
        // Headers leave too: what is hidden or redacted in a run is so in them.
        return metadata.Count == 0 || run.Tracer.Settings.HideMetadata
            ? null
            : Encoding.UTF8.GetString(run.Tracer.Redactor.Json(run.Tracer.Json.Capture(metadata.ToDictionary(pair => pair.Key, pair => pair.Value))).Span);
    }
}
