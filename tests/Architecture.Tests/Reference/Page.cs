namespace Architecture.Tests.Reference;

/// <summary>A page of <c>docs/</c> that is printed from the sources, so that it cannot tell yesterday's truth.</summary>
internal static class Page
{
    /// <summary>Compares the page with what the sources say now; with <c>SNAPSHOT_ACCEPT=1</c> it is rewritten instead.</summary>
    public static void Matches(string path, string expected)
    {
        var full = System.IO.Path.Combine(Checkout.Root, path);
        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            File.WriteAllText(full, expected);
            return;
        }

        var actual = File.Exists(full) ? File.ReadAllText(full).ReplaceLineEndings("\n") : string.Empty;
        if (actual != expected)
        {
            Assert.Fail(
                $"{path} is not what the sources say. Run `SNAPSHOT_ACCEPT=1 dotnet test --project tests/Architecture.Tests` and review the "
                + $"difference.{Environment.NewLine}{FirstDifference(actual, expected)}");
        }
    }

    internal static string FirstDifference(string actual, string expected)
    {
        var (left, right) = (actual.Split('\n'), expected.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(line => Line(left, line) != Line(right, line));
        return $"line {at + 1}:{Environment.NewLine}- {Line(left, at)}{Environment.NewLine}+ {Line(right, at)}";
    }

    private static string? Line(string[] lines, int at) => at < lines.Length ? lines[at] : null;
}
