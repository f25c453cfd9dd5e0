namespace LangSmith.Server.Web.Traces;

/// <summary>An error in parts: the class of the exception, its message, where it was thrown.</summary>
internal sealed record ErrorText(string Kind, string Message, string? Stack)
{
    private const int KindMax = 120;

    public static ErrorText Of(string error)
    {
        var lines = error.ReplaceLineEndings("\n").Split('\n');
        var at = Array.FindIndex(lines, IsStack);
        // Python puts the exception last, after its traceback; .NET and JavaScript first.
        var python = at == 0 && lines.Length > 1;
        var head = python ? lines.Last(line => line.Trim().Length > 0) : lines[0];
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        var named = colon is > 0 and < KindMax && !head.AsSpan(0, colon).Contains(' ');
        var reprEnd = head.IndexOf('(', StringComparison.Ordinal);
        var represented = !named && reprEnd is > 0 and < KindMax && head.AsSpan(0, reprEnd).IndexOfAny(" .,") < 0;
        var kind = named ? head[..colon] : represented ? head[..reprEnd] : "Error";
        var first = named ? head[(colon + 1)..].Trim() : head;
        if (python)
        {
            return new ErrorText(kind, first, error.Trim());
        }

        var message = at < 0 ? lines[1..] : lines[1..at];
        return new ErrorText(kind, string.Join('\n', [first, .. message]).Trim(), at < 0 ? null : string.Join('\n', lines[at..]).Trim());
    }

    private static bool IsStack(string line)
    {
        var text = line.TrimStart();
        return text.StartsWith("at ", StringComparison.Ordinal) || text.StartsWith("Traceback (", StringComparison.Ordinal)
            || text.StartsWith("File \"", StringComparison.Ordinal);
    }
}
