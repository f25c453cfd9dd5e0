namespace LangSmith.Server.Web.Datasets;

/// <summary>The list of datasets.</summary>
/// <param name="Find">What their names contain; empty for all.</param>
/// <param name="Rows">The datasets, newest first.</param>
/// <param name="Origin">The server's own address, for snippets.</param>
/// <param name="Problem">Why the last form was not taken; null when it was.</param>
/// <param name="Draft">The name that was filled in.</param>
public sealed record DatasetsModel(string Find, IReadOnlyList<DatasetRow> Rows, Uri Origin, string? Problem = null, string Draft = "");
