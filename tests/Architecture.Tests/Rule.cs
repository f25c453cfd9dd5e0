namespace Architecture.Tests;

/// <summary>How every rule reports: all its violations at once, each naming the file and what to do.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string> violations)
    {
        var found = violations.ToArray();
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found.Prepend($"{found.Length} violation(s):")));
    }
}
