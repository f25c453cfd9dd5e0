namespace LangSmith.Server.Domain;

/// <summary>A content that a later one beat: kept, so that nothing is thrown away.</summary>
/// <param name="Field">The field, with dots for keys inside <c>extra</c>.</param>
/// <param name="Value">The beaten content as JSON.</param>
/// <param name="Sequence">The write that gave it.</param>
/// <param name="BeatenBy">The write whose content stands.</param>
public sealed record OverwrittenField(string Field, ReadOnlyMemory<byte> Value, long Sequence, long BeatenBy);
