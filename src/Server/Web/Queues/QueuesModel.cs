namespace LangSmith.Server.Web.Queues;

/// <summary>The list of queues.</summary>
/// <param name="Rows">The queues, newest first.</param>
/// <param name="Origin">The server's own address, for snippets.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
public sealed record QueuesModel(IReadOnlyList<QueueRow> Rows, Uri Origin, string? Problem = null);
