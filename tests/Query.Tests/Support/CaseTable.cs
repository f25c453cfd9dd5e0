namespace LangSmith.Server.Query.Tests.Support;

/// <summary>Tables of cases in text: a row is an expression, an arrow and what it must give; '#' begins a comment.</summary>
internal static class CaseTable
{
    private const string Arrow = " => ";

    public static TheoryData<string, string> Read(string name)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cases", name)))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var arrow = line.LastIndexOf(Arrow, StringComparison.Ordinal);
                Assert.True(arrow > 0, $"A row without an arrow in {name}: {line}");
                data.Add(line[..arrow].TrimEnd().Replace("\\n", "\n", StringComparison.Ordinal), line[(arrow + Arrow.Length)..].Trim());
            }
        }

        return data;
    }
}
