using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace LangSmith.Server.Web.Prompts;

/// <summary>A line of two texts that are compared.</summary>
/// <param name="Text">The line.</param>
/// <param name="Change">True when it was added, false when it was removed; null when it stayed.</param>
public sealed record DiffLine(string Text, bool? Change)
{
    /// <summary>Compares line by line.</summary>
    public static IReadOnlyList<DiffLine> Between(string before, string after) =>
        [.. InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines.Select(line => new DiffLine(line.Text ?? "", line.Type switch
        {
            ChangeType.Inserted => true,
            ChangeType.Deleted => false,
            _ => null,
        }))];
}
