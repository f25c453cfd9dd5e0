namespace LangSmith;

/// <summary>A file of a run.</summary>
/// <param name="Name">Its name, unique in the run, at most 255 characters, without dots.</param>
/// <param name="MimeType">Its media type, such as <c>image/png</c>.</param>
/// <param name="Content">Its bytes; not copied, so the caller must not change them afterwards.</param>
public sealed record RunAttachment(string Name, string MimeType, ReadOnlyMemory<byte> Content);
