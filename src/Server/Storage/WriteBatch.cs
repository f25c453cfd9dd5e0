using LangSmith.Server.Domain;

namespace LangSmith.Server.Storage;

/// <summary>What one request asks to be stored, in body order.</summary>
/// <param name="Runs">Writes of runs; each already names its project by id or name.</param>
/// <param name="Feedback">Feedback, upserted by id.</param>
public sealed record WriteBatch(IReadOnlyList<RunWrite> Runs, IReadOnlyList<Feedback> Feedback);
