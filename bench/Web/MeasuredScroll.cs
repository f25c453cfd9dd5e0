namespace LangSmith.Web.Bench;

/// <summary>A scrolling that is measured.</summary>
/// <param name="Title">What it is called in the results.</param>
/// <param name="Page">Where it happens.</param>
/// <param name="Box">The element that scrolls.</param>
/// <param name="Row">The elements of which there should be few.</param>
/// <param name="PixelsPerFrame">How fast.</param>
internal sealed record MeasuredScroll(string Title, MeasuredPage Page, string Box, string Row, int PixelsPerFrame)
{
    /// <summary>A key that is pressed before; null for none.</summary>
    public string? Key { get; init; }
}
