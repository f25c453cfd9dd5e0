namespace LangSmith.Server.Query;

/// <summary>A test on one part of an entry.</summary>
public sealed record EntryTest(EntryPart Part, ValueTest Test);
