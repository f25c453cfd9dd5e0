using System.Text.RegularExpressions;

namespace Architecture.Tests.Tidy;

/// <summary>What any text file must keep to. Each rule takes one file and returns its violations.</summary>
internal static partial class TidyRules
{
    public const int LineLengthMax = 160;

    private static readonly HashSet<string> s_codeExtensions = new(StringComparer.Ordinal)
    {
        ".cs", ".razor", ".js", ".mjs", ".ts", ".css", ".sh", ".sql",
    };

    public static IEnumerable<string> FileLength(SourceFile file)
    {
        var limit = file.Extension switch
        {
            ".razor" => 150,
            ".cs" or ".js" or ".mjs" or ".css" => file.IsUnder("tests") ? 800 : 500,
            _ => int.MaxValue,
        };
        if (file.Lines.Count > limit)
        {
            yield return $"{file.Path}: {file.Lines.Count} lines, at most {limit}. Split it by what it knows, not by number.";
        }
    }

    public static IEnumerable<string> LineLength(SourceFile file) =>
        s_codeExtensions.Contains(file.Extension)
            ? Matching(file, line => line.Length > LineLengthMax, $"longer than {LineLengthMax} characters")
            : [];

    /// <summary>A promise without an address is forgotten; with one it can be found, argued with and closed.</summary>
    public static IEnumerable<string> ToDosHaveAnAddress(SourceFile file) =>
        s_codeExtensions.Contains(file.Extension)
            ? Matching(file, line => ToDo().IsMatch(line) && !IssueAddress().IsMatch(line), "a to-do without the address of an issue")
            : [];

    /// <summary>Paths of somebody's machine and hosts of somebody's mirror work for that somebody only.</summary>
    public static IEnumerable<string> NoMachine(SourceFile file) =>
        Matching(file, line => MachinePath().IsMatch(line), "names a path of one machine")
            .Concat(file.Path.EndsWith("package-lock.json", StringComparison.Ordinal)
                ? Matching(file, line => line.Contains("\"resolved\"", StringComparison.Ordinal), "names a registry's host")
                : []);

    public static IEnumerable<string> EndsWithOneNewLine(SourceFile file)
    {
        if (s_codeExtensions.Contains(file.Extension) && file.Text.Length > 0
            && (!file.Text.EndsWith('\n') || file.Text.EndsWith("\n\n", StringComparison.Ordinal)))
        {
            yield return $"{file.Path}: must end with exactly one new line";
        }
    }

    private static IEnumerable<string> Matching(SourceFile file, Func<string, bool> wrong, string complaint) =>
        file.Lines
            .Select((line, index) => (line, index))
            .Where(entry => wrong(entry.line))
            .Select(entry => $"{file.Path}:{entry.index + 1}: {complaint}");

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")]
    private static partial Regex ToDo();

    [GeneratedRegex(@"https://\S+/issues/\d+")]
    private static partial Regex IssueAddress();

    [GeneratedRegex(@"(^|[\s""'`(=:])(/((home|Users|root)/[a-z]|work/)|[A-Za-z]:\\Users\\)")]
    private static partial Regex MachinePath();
}
