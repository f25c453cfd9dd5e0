namespace LangSmith.Server.Query.Language;

/// <summary>A filter expression cannot be read. The message is for the one who wrote it and names the place.</summary>
public sealed class FilterTextException(string message, int position) : Exception($"{message} (at character {position})")
{
    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;
}
