namespace LangSmith.Capture;

/// <summary>A value that was captured already.</summary>
/// <param name="Json">Its JSON, written by this library.</param>
internal sealed record CapturedJson(ReadOnlyMemory<byte> Json);
