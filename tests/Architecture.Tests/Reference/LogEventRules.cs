namespace Architecture.Tests.Reference;

/// <summary>
/// Event ids are part of the product: people filter and alert by them, so each is unique and its thousand says whose it is.
/// </summary>
internal static class LogEventRules
{
    private static readonly (string Folder, int Thousand, string Title)[] s_ranges =
    [
        ("src/Sdk/", 1, "SDK"),
        ("src/Server/Ingest", 2, "Ingestion"),
        ("src/Server/Storage", 3, "Storage"),
        ("src/Server/Explore", 4, "Queries"),
        ("src/Server/Api", 5, "API"),
        ("src/Server/Web", 6, "Pages"),
        ("src/Server/Host", 7, "Host"),
    ];

    public static IEnumerable<string> Violations(IReadOnlyList<LogEvent> events)
    {
        foreach (var group in events.GroupBy(entry => entry.Id).Where(group => group.Count() > 1))
        {
            yield return $"event id {group.Key} is used twice: {string.Join(", ", group.Select(entry => entry.At))}";
        }

        foreach (var entry in events)
        {
            var thousand = s_ranges.FirstOrDefault(range => entry.Project.StartsWith(range.Folder, StringComparison.Ordinal)).Thousand;
            if (thousand == 0)
            {
                yield return $"{entry.At}: {entry.Project} has no range of event ids. Give it one in LogEventRules.";
            }
            else if (entry.Id / 1000 != thousand)
            {
                yield return $"{entry.At}: event id {entry.Id} must be in {thousand}000–{thousand}999.";
            }

            if (string.IsNullOrWhiteSpace(entry.Meaning))
            {
                yield return $"{entry.At}: {entry.Name} needs a <summary>: what it means and what to do. It becomes the line in the docs.";
            }
        }
    }

    public static string Print(IReadOnlyList<LogEvent> events)
    {
        var sections = s_ranges
            .Select(range => (
                range.Title,
                Rows: events.Where(entry => entry.Id / 1000 == range.Thousand).OrderBy(entry => entry.Id).ToArray()))
            .Where(section => section.Rows.Length > 0)
            .Select(section => $"""
                ## {section.Title}

                | Id | Name | Level | Message | Meaning |
                |---|---|---|---|---|
                {string.Join('\n', section.Rows.Select(Row))}
                """);
        return $"""
            # Event ids

            Every event that the SDK and the server log, by id. Printed from the sources by `tests/Architecture.Tests`; keys, prompts and
            completions are in none of them.

            {string.Join("\n\n", sections)}

            """.ReplaceLineEndings("\n");
    }

    private static string Row(LogEvent entry) =>
        $"| {entry.Id} | {entry.Name} | {entry.Level} | {SourceText.Cell(entry.Message)} | {SourceText.Cell(entry.Meaning)} |";
}
