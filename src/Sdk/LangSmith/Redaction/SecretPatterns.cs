using System.Text.RegularExpressions;

namespace LangSmith.Redaction;

/// <summary>What secrets look like.</summary>
internal static class SecretPatterns
{
    private static readonly string[] s_patterns =
    [
        // Model providers, LangSmith, model hubs.
        @"\bsk-[A-Za-z0-9_-]{20,}",
        @"\blsv2_(?:pt|sk)_[A-Za-z0-9_]{16,}",
        @"\bAIza[A-Za-z0-9_-]{35}",
        @"\bhf_[A-Za-z0-9]{30,}",
        // Clouds, code hosts, package registries, chats, payments.
        @"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
        @"\bgh[pousr]_[A-Za-z0-9]{36,}",
        @"\bgithub_pat_[A-Za-z0-9_]{22,}",
        @"\bglpat-[A-Za-z0-9_-]{20,}",
        @"\bnpm_[A-Za-z0-9]{36}",
        @"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
        @"\b[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}",
        // JSON web tokens, private keys.
        @"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+",
        @"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----)?",
        // Headers, addresses, assignments.
        @"(?i:\b(?:bearer|basic)\s+[A-Za-z0-9+/._~=-]{12,})",
        @"://[^\s:/@]+:[^\s@/]+@",
        @"(?i:\b(?:api[_-]?key|client[_-]?secret|secret|access[_-]?token|auth[_-]?token|password|passwd|pwd)[""']?\s*[:=]\s*[""']?[^\s""',;&]{6,})",
    ];

    // Linear in the length of the text whatever the text: it comes from models and their users.
    private static readonly Regex s_secret = new(string.Join('|', s_patterns), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public static string Replace(string text) => s_secret.Replace(text, "[secret]");
}
