using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace LangSmith.Server.Web.Payloads;

/// <summary>Markdown from anywhere as HTML that cannot run or fetch anything.</summary>
internal static class MarkdownText
{
    /// <summary>Longer texts become a document only up to here.</summary>
    public const int LengthMax = 100_000;

    private static readonly MarkdownPipeline s_pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras().UseTaskLists().UseAutoLinks().Build();

    private static readonly string[] s_schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    public static MarkupString ToHtml(string text)
    {
        var cut = text.Length > LengthMax;
        try
        {
            var document = Markdown.Parse(cut ? text[..LengthMax] + "\n\n…" : text, s_pipeline);
            foreach (var link in document.Descendants<LinkInline>())
            {
                // Without raw HTML, links are all that is left to attack with. A remote picture would tell its host who reads: it becomes a link.
                link.IsImage = false;
                link.Url = IsHarmless(link.Url) ? link.Url : "#";
                link.GetDynamicUrl = null;
            }

            foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsHarmless(link.Url)))
            {
                link.Url = "#";
            }

            return new MarkupString(document.ToHtml(s_pipeline));
        }
        catch (ArgumentException)
        {
            // Nested too deeply for a document.
            return new MarkupString($"<pre>{System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text[..Math.Min(text.Length, LengthMax)])}</pre>");
        }
    }

    private static bool IsHarmless(string? url) =>
        url is not null && (Uri.TryCreate(url, UriKind.Absolute, out var absolute)
            ? s_schemes.Contains(absolute.Scheme)
            : url.StartsWith('/') || url.StartsWith('#'));
}
