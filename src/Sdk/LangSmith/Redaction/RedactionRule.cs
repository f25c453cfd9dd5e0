using System.Text.RegularExpressions;

namespace LangSmith.Redaction;

/// <summary>What is taken out of texts before they leave.</summary>
/// <remarks>
/// Runs on the exporter's thread over every text of inputs, outputs, metadata, events, errors, tags and attachments' names. A rule that
/// throws or takes too long takes out the whole field.
/// </remarks>
public sealed class RedactionRule
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Func<string, string> _redact;

    private RedactionRule(Func<string, string> redact) => _redact = redact;

    /// <summary>Replaces what a regular expression matches.</summary>
    /// <param name="pattern">The expression; a match that takes longer than a second counts as failed.</param>
    /// <param name="replacement">What stands there instead; <c>$1</c> and the like refer to groups.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static RedactionRule Pattern(string pattern, string replacement = "[redacted]")
    {
        var expression = new Regex(pattern, RegexOptions.CultureInvariant, s_patience);
        return new RedactionRule(text => expression.Replace(text, replacement));
    }

    /// <summary>Passes every text through a function.</summary>
    /// <param name="redact">Returns what may leave; called from the exporter's threads, several at a time.</param>
    public static RedactionRule Function(Func<string, string> redact)
    {
        ArgumentNullException.ThrowIfNull(redact);
        return new RedactionRule(redact);
    }

    internal string Apply(string text) => _redact(text);
}
