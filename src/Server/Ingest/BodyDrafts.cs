using LangSmith.Server.Domain;
using LangSmith.Server.Ingest.Runs;

namespace LangSmith.Server.Ingest;

/// <summary>What a body holds before anything is stored.</summary>
internal sealed record BodyDrafts(IReadOnlyList<RunDraft> Runs, IReadOnlyList<Feedback> Feedback, List<Refusal> Refusals);
