namespace LangSmith.Server.Web.Datasets;

/// <summary>A state of a dataset.</summary>
/// <param name="Time">When it began.</param>
/// <param name="Tags">What people call it.</param>
public sealed record VersionRow(DateTimeOffset Time, IReadOnlyList<string> Tags);
