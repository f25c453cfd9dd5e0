using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using LangSmith.Capture;

namespace LangSmith.Client;

/// <summary>
/// Writes examples as the parts that the platform's routes take: <c>{id}</c>, <c>{id}.inputs</c>, <c>{id}.outputs</c>,
/// <c>{id}.attachment.{name}</c>.
/// </summary>
/// <remarks>Each part says its length in its content type, as langsmith 0.11.1 for Python does (2026-11).</remarks>
internal static class ExampleParts
{
    /// <param name="examples">The examples, each with its id.</param>
    /// <param name="json">How values are written.</param>
    public static MultipartFormDataContent Write(IEnumerable<ExampleInput> examples, ValueJson json)
    {
        var parts = new MultipartFormDataContent { HeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
        foreach (var example in examples)
        {
            var id = example.Id!.Value.ToString("D");
            Add(parts, id, json.Capture(Details(example)), "application/json");
            if (example.Inputs is not null)
            {
                Add(parts, id + ".inputs", json.CaptureObject(example.Inputs, "input"), "application/json");
            }

            if (example.Outputs is not null)
            {
                Add(parts, id + ".outputs", json.CaptureObject(example.Outputs, "output"), "application/json");
            }

            foreach (var file in example.Attachments ?? [])
            {
                Add(parts, $"{id}.attachment.{file.Name}", file.Content, file.MimeType);
            }
        }

        return parts;
    }

    /// <summary>What is said of an example beside its payloads.</summary>
    public static Dictionary<string, object?> Details(ExampleInput example)
    {
        var details = new Dictionary<string, object?>();
        if (example.Metadata is { } metadata)
        {
            details["metadata"] = metadata.ToDictionary(pair => pair.Key, pair => pair.Value);
        }

        if (example.Splits is { } splits)
        {
            details["split"] = splits.Cast<object?>().ToList();
        }

        if (example.SourceRunId is { } run)
        {
            details["source_run_id"] = run;
        }

        return details;
    }

    private static void Add(MultipartFormDataContent parts, string name, ReadOnlyMemory<byte> content, string mimeType)
    {
        var part = new ReadOnlyMemoryContent(content);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        part.Headers.ContentType.Parameters.Add(new NameValueHeaderValue("length", content.Length.ToString(CultureInfo.InvariantCulture)));
        // By hand, as a browser would: the framework leaves the quotes out where it can, and encodes what is not ASCII as mail does.
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{Escaped(name)}\"");
        parts.Add(part);
    }

    private static string Escaped(string name) => name
        .Replace("\"", "%22", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}
