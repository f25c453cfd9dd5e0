using LangSmith.Server.Domain;

namespace LangSmith.Server.Ingest;

/// <summary>Who sends a body.</summary>
/// <param name="Workspace">The workspace that the key belongs to.</param>
/// <param name="Sender">The client's User-Agent; null when it sends none.</param>
public sealed record RequestContext(WorkspaceId Workspace, string? Sender);
