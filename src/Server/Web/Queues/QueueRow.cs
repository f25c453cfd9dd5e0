namespace LangSmith.Server.Web.Queues;

/// <summary>A line of the list of queues.</summary>
public sealed record QueueRow(Guid Id, string Name, string? Description, int Waiting, int Done, DateTimeOffset CreatedAt);
