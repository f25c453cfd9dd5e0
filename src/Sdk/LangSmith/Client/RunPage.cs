namespace LangSmith.Client;

/// <summary>One page of a query's answer.</summary>
internal sealed record RunPage
{
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];

    public PageCursors? Cursors { get; init; }

    internal sealed record PageCursors
    {
        public string? Next { get; init; }
    }
}
