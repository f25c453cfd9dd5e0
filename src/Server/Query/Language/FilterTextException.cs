namespace LangSmith.Server.Query.Language;

/// <summary>A filter expression cannot be read. The message is for the one who wrote it and names the place.</summary>
public sealed class FilterTextException(string message, int position, int line = 1, int? column = null)
    : Exception(line == 1 ? $"{message} (at column {column ?? (position + 1)})" : $"{message} (at line {line}, column {column})")
{
    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; } = message;

    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column of the line, from 1.</summary>
    public int Column { get; } = column ?? (position + 1);

    /// <summary>The same with line and column, which only the whole text tells.</summary>
    internal FilterTextException In(string text)
    {
        var before = text.AsSpan(0, Math.Min(Position, text.Length));
        return before.LastIndexOf('\n') is var newLine and >= 0 ? new(Reason, Position, before.Count('\n') + 1, Position - newLine) : this;
    }
}
