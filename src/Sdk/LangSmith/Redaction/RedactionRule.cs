using System.Text.RegularExpressions;

namespace LangSmith.Redaction;

/// <summary>What is taken out of texts before they leave.</summary>
/// <remarks>
/// Runs on the exporter's thread over every text of inputs, outputs, metadata, events, errors, tags and attachments' names, and on the
/// caller's thread for the headers of outgoing calls. A rule that throws or takes too long takes out the whole text.
/// </remarks>
public sealed class RedactionRule
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static readonly Lazy<RedactionRule> s_secrets = new(() => new RedactionRule(SecretPatterns.Replace, isPattern: true));

    private readonly Func<string, string> _redact;

    private RedactionRule(Func<string, string> redact, bool isPattern) => (_redact, IsPattern) = (redact, isPattern);

    /// <summary>True for rules that may also see what is no text of its own: names of JSON properties, and numbers.</summary>
    internal bool IsPattern { get; }

    /// <summary>
    /// Replaces what looks like a secret by <c>[secret]</c>: keys of the known providers, tokens of code hosts and chats, JWTs, private keys,
    /// authorization headers, passwords in addresses and in assignments such as <c>password=</c>.
    /// </summary>
    /// <remarks>A safety net and no more: what a secret of your own looks like, only you know.</remarks>
    public static RedactionRule Secrets => s_secrets.Value;

    /// <summary>Replaces what a regular expression matches, in numbers and in the names of JSON properties too.</summary>
    /// <param name="pattern">The expression; a match that takes longer than a second counts as failed.</param>
    /// <param name="replacement">What stands there instead; <c>$1</c> and the like refer to groups. A number with a match becomes a text.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static RedactionRule Pattern(string pattern, string replacement = "[redacted]")
    {
        ArgumentNullException.ThrowIfNull(replacement);
        var expression = new Regex(pattern, RegexOptions.CultureInvariant, s_patience);
        return new RedactionRule(text => expression.Replace(text, replacement), isPattern: true);
    }

    /// <summary>Passes every text through a function; numbers and the names of JSON properties do not pass through it.</summary>
    /// <param name="redact">Returns what may leave; called from several threads at a time.</param>
    public static RedactionRule Function(Func<string, string> redact)
    {
        ArgumentNullException.ThrowIfNull(redact);
        return new RedactionRule(redact, isPattern: false);
    }

    internal string Apply(string text) => _redact(text);
}
