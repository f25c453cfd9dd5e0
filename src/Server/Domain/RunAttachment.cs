namespace LangSmith.Server.Domain;

/// <summary>A file of a run.</summary>
/// <param name="Name">Its name, unique in the run.</param>
/// <param name="MimeType">Its type, without parameters.</param>
/// <param name="Blob">Where its bytes are.</param>
/// <param name="SizeBytes">How many they are.</param>
public sealed record RunAttachment(string Name, string MimeType, string Blob, long SizeBytes);
