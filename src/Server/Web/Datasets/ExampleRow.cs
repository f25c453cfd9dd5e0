namespace LangSmith.Server.Web.Datasets;

/// <summary>A line of a dataset's table.</summary>
public sealed record ExampleRow(Guid Id, string Inputs, string Outputs, IReadOnlyList<string> Splits, Guid? SourceRunId, DateTimeOffset ModifiedAt);
