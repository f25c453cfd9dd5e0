using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace LangSmith.Server.Web.Compare;

/// <summary>A line of both texts beside each other.</summary>
/// <param name="Old">The left one; null where the right has a line more.</param>
/// <param name="New">The right one; null where the left has a line more.</param>
/// <param name="IsSame">Both say the same.</param>
public sealed record DiffLine(string? Old, string? New, bool IsSame)
{
    private const int LinesMax = 2_000;

    /// <summary>Compares two texts line by line, up to a limit; null means no text at all.</summary>
    public static IReadOnlyList<DiffLine> Of(string? one, string? other)
    {
        var diff = SideBySideDiffBuilder.Diff(one ?? "", other ?? "", ignoreWhiteSpace: false);
        return
        [
            .. diff.OldText.Lines.Zip(diff.NewText.Lines, (old, fresh) => new DiffLine(
                old.Type == ChangeType.Imaginary ? null : old.Text, fresh.Type == ChangeType.Imaginary ? null : fresh.Text,
                old.Type == ChangeType.Unchanged && fresh.Type == ChangeType.Unchanged)).Take(LinesMax),
        ];
    }
}
