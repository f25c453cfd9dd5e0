namespace LangSmith.Server.Ingest.Otlp;

/// <summary>The error text of a span; null when it did not fail.</summary>
internal static class SpanFailure
{
    public static string? Of(OtlpSpan span)
    {
        var exception = span.Events.LastOrDefault(e => e.Name == "exception");
        if (!span.IsError && exception is null)
        {
            return null;
        }

        var message = Text(exception, "exception.message") ?? (span.StatusMessage.Length > 0 ? span.StatusMessage : null);
        var type = Text(exception, "exception.type");
        var headline = (type, message) switch
        {
            (null, null) => "The span ended with an error and no message.",
            (null, _) => message,
            (_, null) => type,
            _ => $"{type}: {message}",
        };
        var stack = Text(exception, "exception.stacktrace");
        return stack is null ? headline : $"{headline}\n\nStacktrace:\n{stack}";
    }

    private static string? Text(OtlpEvent? e, string name) => OtlpValue.Text(e?.Attributes.GetValueOrDefault(name));
}
