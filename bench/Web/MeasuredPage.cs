namespace LangSmith.Web.Bench;

/// <summary>A page, or a part of one, that is measured.</summary>
/// <param name="Title">What it is called in the results.</param>
/// <param name="Address">Its path and query.</param>
/// <param name="Ready">The element by which a browser has drawn what people came for.</param>
internal sealed record MeasuredPage(string Title, string Address, string Ready = "html[data-ready]");
