using System.Text.RegularExpressions;

namespace Web.Tests;

/// <summary>Finds names that two features style. All sheets become one, so the second would change the first one's pages unseen.</summary>
/// <remarks>
/// What the shared sheets name belongs to everybody. Of any other selector the first part that has a class or id of its own says whose the rule
/// is; a rule without one changes what is shared, and belongs to the shared sheets.
/// </remarks>
internal static partial class StyleClashes
{
    public const string Shared = "Assets";

    /// <param name="sheets">The text of each sheet with the feature that it is of.</param>
    public static IReadOnlyList<string> Of(IEnumerable<(string Feature, string Text)> sheets)
    {
        var rules = sheets.SelectMany(sheet => Selectors(sheet.Text).Select(selector => (sheet.Feature, Selector: selector))).ToList();
        var shared = rules.Where(rule => rule.Feature == Shared).SelectMany(rule => Names(rule.Selector)).ToHashSet();
        var owners = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var clashes = new List<string>();
        foreach (var (feature, selector) in rules.Where(rule => rule.Feature != Shared))
        {
            var own = Parts().Split(selector).Select(part => Names(part).Where(name => !shared.Contains(name)).ToList()).FirstOrDefault(names => names.Count > 0);
            if (own is null)
            {
                clashes.Add($"{feature} changes what all features share: {selector}");
            }

            foreach (var name in own ?? [])
            {
                owners.TryAdd(name, new SortedSet<string>(StringComparer.Ordinal));
                owners[name].Add(feature);
            }
        }

        return [.. clashes, .. owners.Where(owner => owner.Value.Count > 1).Select(owner => $"{owner.Key} is styled by {string.Join(" and ", owner.Value)}")];
    }

    private static IEnumerable<string> Selectors(string sheet) =>
        Rule().Matches(Keyframes().Replace(Comment().Replace(sheet, ""), ""))
            .Select(rule => rule.Groups["selectors"].Value.Trim())
            .Where(selectors => !selectors.StartsWith('@'))
            .SelectMany(selectors => Comma().Split(selectors))
            .Select(selector => selector.Trim());

    private static IEnumerable<string> Names(string selector) => Name().Matches(selector).Select(name => name.Value);

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline, 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@keyframes\s+\S+\s*\{([^{}]*\{[^{}]*\})*\s*\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Keyframes();

    [GeneratedRegex(@"(?<selectors>[^{};]+)\{", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rule();

    /// <summary>Commas between selectors, not those within brackets.</summary>
    [GeneratedRegex(@",(?![^()]*\))", RegexOptions.None, 1_000)]
    private static partial Regex Comma();

    [GeneratedRegex(@"[\s>+~]+", RegexOptions.None, 1_000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"[.#][A-Za-z][\w-]*", RegexOptions.None, 1_000)]
    private static partial Regex Name();
}
