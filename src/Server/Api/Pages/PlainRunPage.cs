using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LangSmith.Server.Api.Json;
using LangSmith.Server.Domain;
using LangSmith.Server.Explore;

namespace LangSmith.Server.Api.Pages;

/// <summary>A run as a page without scripts: what a link shows where no richer page is mapped.</summary>
internal static class PlainRunPage
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(ReadRun run, IReadOnlyList<RunRecord> trace)
    {
        var record = run.Record;
        var page = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>")
            .Append(Encode(record.Name)).Append(" · LangSmith for .NET</title><style>")
            .Append("body{font:15px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}")
            .Append("pre{background:#f4f4f4;padding:.8rem;overflow:auto;white-space:pre-wrap}")
            .Append("dt{font-weight:600}dd{margin:0 0 .3rem}")
            .Append("@media(prefers-color-scheme:dark){body{background:#111;color:#eee}pre{background:#222}a{color:#8bf}}</style><h1>")
            .Append(Encode(record.Name)).Append("</h1><dl>");
        Term(page, "Id", record.Id.ToString());
        Term(page, "Status", RunJson.StatusText(record.Status));
        Term(page, "Type", record.RunType);
        Term(page, "Start", WireWriting.Text(record.StartTime));
        Term(page, "End", record.EndTime is { } end ? WireWriting.Text(end) : "running");
        Term(page, "Attempts", record.Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Term(page, "Tags", string.Join(", ", record.Tags));
        page.Append("</dl>");
        Section(page, "Error", record.Error);
        Section(page, "Inputs", Indent(record.Inputs));
        Section(page, "Outputs", Indent(record.Outputs));
        Section(page, "Feedback", run.Feedback is null ? null : string.Join('\n', run.Feedback.Select(f => $"{f.Key}: {f.Count} × average {f.Average}")));
        Section(page, "Metadata and runtime", Indent(record.Extra));
        AppendTree(page, record, trace);
        return page.Append("</html>").ToString();
    }

    private static void AppendTree(StringBuilder page, RunRecord record, IReadOnlyList<RunRecord> trace)
    {
        page.Append("<h2>Trace</h2><ul>");
        foreach (var other in trace.OrderBy(r => r.DottedOrder, StringComparer.Ordinal))
        {
            var level = Math.Min(other.DottedOrder.Count(c => c == '.'), 20);
            page.Append("<li style=\"margin-left:").Append(level * 1.2).Append("rem\">");
            page.Append(other.Id == record.Id ? $"<b>{Encode(other.Name)}</b>" : $"<a href=\"/r/{other.Id}\">{Encode(other.Name)}</a>");
            page.Append(" <small>").Append(other.RunType).Append(", ").Append(RunJson.StatusText(other.Status)).Append("</small></li>");
        }

        page.Append("</ul>");
    }

    private static void Term(StringBuilder page, string name, string value) =>
        page.Append("<dt>").Append(name).Append("</dt><dd>").Append(Encode(value)).Append("</dd>");

    private static void Section(StringBuilder page, string title, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            page.Append("<h2>").Append(title).Append("</h2><pre>").Append(Encode(text)).Append("</pre>");
        }
    }

    private static string? Indent(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });
        return JsonSerializer.Serialize(document.RootElement, s_indented);
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
