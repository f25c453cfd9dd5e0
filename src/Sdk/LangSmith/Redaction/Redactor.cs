using LangSmith.Export;

namespace LangSmith.Redaction;

/// <summary>Takes out of whatever leaves what must not leave. Fails closed: what cannot be redacted is replaced whole.</summary>
/// <remarks>Thread-safe as far as the rules are. Never throws.</remarks>
internal sealed class Redactor(IReadOnlyList<RedactionRule> rules)
{
    private const string Failed = "[redaction failed]";

    private static readonly ReadOnlyMemory<byte> s_failedObject = """{"redaction":"failed"}"""u8.ToArray();
    private static readonly ReadOnlyMemory<byte> s_failedArray = "[]"u8.ToArray();

    public bool IsEmpty => rules.Count == 0;

    /// <summary>The operation as it may leave.</summary>
    public RunOperation Apply(RunOperation operation) =>
        IsEmpty
            ? operation
            : operation.With(
                operation.Error is { } error ? Text(error) : null,
                operation.Tags?.Select(Text).Distinct(StringComparer.Ordinal).ToArray(),
                Json(operation.Inputs),
                Json(operation.Outputs),
                Json(operation.Extra, namesFromDepth: 2),
                Json(operation.Events, namesFromDepth: 3),
                operation.Attachments is { } files ? Named(files) : null);

    /// <summary>One text as it may leave.</summary>
    public string Text(string text) => Replaced(text, patternsOnly: false);

    /// <summary>JSON as it may leave.</summary>
    /// <param name="json">UTF-8; empty stays empty.</param>
    /// <param name="namesFromDepth">The depth from which property names are the application's own; those above are the wire's and stay.</param>
    public ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte> json, int namesFromDepth = 1)
    {
        if (json.IsEmpty || IsEmpty)
        {
            return json;
        }

        try
        {
            return JsonTexts.Replace(
                json.Span,
                Text,
                literal => Replaced(literal, patternsOnly: true),
                namesFromDepth);
        }
        catch (Exception)
        {
            // Border: half surrogate pairs, depths beyond the limit. What could not be read whole was not redacted whole.
            return json.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..] ? s_failedArray : s_failedObject;
        }
    }

    private string Replaced(string text, bool patternsOnly)
    {
        try
        {
            foreach (var rule in rules)
            {
                text = patternsOnly && !rule.IsPattern ? text : rule.Apply(text) ?? Failed;
            }

            return text;
        }
        catch (Exception)
        {
            // Border: a user's function may throw anything, and what it did not redact must not leave.
            return Failed;
        }
    }

    /// <summary>Files under redacted names, which must stay different from each other: the server knows a file by its name.</summary>
    private RunAttachment[] Named(IReadOnlyList<RunAttachment> files)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. files.Select(file =>
            {
                var name = Text(file.Name);
                var unique = name;
                for (var number = 2; !taken.Add(unique); number++)
                {
                    unique = $"{name}-{number}";
                }

                return file with { Name = unique };
            }),
        ];
    }
}
