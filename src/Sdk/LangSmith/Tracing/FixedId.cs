namespace LangSmith.Tracing;

/// <summary>An id in the options of something that runs more than once.</summary>
/// <param name="Id">The id.</param>
/// <param name="IsFree">True for the first run.</param>
internal sealed record FixedId(Guid Id, bool IsFree);
