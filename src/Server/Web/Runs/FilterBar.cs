using System.Text;
using System.Text.RegularExpressions;
using LangSmith.Server.Query;
using LangSmith.Server.Query.Language;

namespace LangSmith.Server.Web.Runs;

/// <summary>Reads what stands in the filter bar, such as <c>status:error latency:&gt;5s tag:prod "refund policy"</c>.</summary>
public sealed partial class FilterBar
{
    public static IReadOnlyList<string> Fields { get; } =
        ["status", "type", "name", "tag", "model", "thread", "latency", "tokens", "cost", "error", "meta", "feedback", "id", "trace"];

    private FilterBar(IReadOnlyList<FilterWord> words, RunFilter? filter, string text, IReadOnlyList<string> problems) =>
        (Words, Filter, FilterText, Problems) = (words, filter, text, problems);

    public IReadOnlyList<FilterWord> Words { get; }

    /// <summary>What runs must satisfy; null when the bar is empty.</summary>
    public RunFilter? Filter { get; }

    /// <summary>The same in the filter language of the SDKs.</summary>
    public string FilterText { get; }

    /// <summary>Words that mean nothing, each with the reason.</summary>
    public IReadOnlyList<string> Problems { get; }

    public static FilterBar Read(string text)
    {
        if (IsFilterText().IsMatch(text))
        {
            return ReadFilterText(text);
        }

        var words = Split(text);
        var parts = new List<RunFilter>();
        var texts = new List<string>();
        var problems = new List<string>();
        var free = words.Where(word => word.Field.Length == 0).SelectMany(word => word.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        // Several values of one field are alternatives, as in a facet.
        foreach (var group in words.Where(word => word.Field.Length > 0).GroupBy(FieldOf))
        {
            var either = new List<RunFilter>();
            var eitherTexts = new List<string>();
            foreach (var word in group)
            {
                if (FilterWords.Read(word) is { } read)
                {
                    either.Add(read.Filter);
                    eitherTexts.Add(read.Text);
                }
                else
                {
                    problems.Add($"{word.Text}: {FilterWords.Hint(word.Field)}");
                }
            }

            if (either.Count > 0)
            {
                parts.Add(either.Count == 1 ? either[0] : new RunFilter.AnyOf(either));
                texts.Add(eitherTexts.Count == 1 ? eitherTexts[0] : $"or({string.Join(", ", eitherTexts)})");
            }
        }

        if (free.Count > 0)
        {
            parts.Add(new RunFilter.Search(free));
            texts.Add($"search({FilterWords.Quote(string.Join(' ', free))})");
        }

        return new FilterBar(
            words,
            parts.Count switch { 0 => null, 1 => parts[0], _ => new RunFilter.AllOf(parts) },
            texts.Count switch { 0 => "", 1 => texts[0], _ => $"and({string.Join(", ", texts)})" },
            problems);
    }

    /// <summary>The bar with a word more, or without it when it is there.</summary>
    public string Toggle(FilterWord word) => Words is [{ Field: "", Value: var text }] && IsFilterText().IsMatch(text)
        ? word.Text
        : string.Join(' ', (Words.Contains(word) ? Words.Where(w => w != word) : Words.Append(word)).Select(w => w.Text));

    /// <summary>The filter language itself, as clients send it: one word of the bar, shown as it is.</summary>
    private static FilterBar ReadFilterText(string text)
    {
        try
        {
            return new FilterBar([new FilterWord("", text)], FilterLanguage.Parse(text), text.Trim(), []);
        }
        catch (FilterTextException exception)
        {
            return new FilterBar([new FilterWord("", text)], null, "", [exception.Message]);
        }
    }

    [GeneratedRegex("^\\s*(and|or|not|eq|neq|gt|gte|lt|lte|has|in|notin|like|notlike|search)\\s*\\(", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex IsFilterText();

    private static List<FilterWord> Split(string text)
    {
        var words = new List<FilterWord>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var word = new StringBuilder();
            var field = "";
            for (var quoted = false; i < text.Length && (quoted || !char.IsWhiteSpace(text[i])); i++)
            {
                if (text[i] == '"')
                {
                    quoted = !quoted;
                }
                else if (text[i] == ':' && !quoted && field.Length == 0 && IsField(word.ToString()))
                {
                    field = word.ToString();
                    word.Clear();
                }
                else
                {
                    word.Append(text[i]);
                }
            }

            words.Add(new FilterWord(field, word.ToString()));
        }

        return words;
    }

    /// <summary>The keys of metadata and feedback keep their case.</summary>
    private static string FieldOf(FilterWord word) =>
        word.Field.Split('.')[0] is "meta" or "feedback" ? word.Field : word.Field.ToLowerInvariant();

    private static bool IsField(string text) => Fields.Contains(text.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
