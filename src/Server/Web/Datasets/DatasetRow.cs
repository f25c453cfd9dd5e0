using LangSmith.Server.Curation.Datasets;

namespace LangSmith.Server.Web.Datasets;

/// <summary>A line of the list of datasets.</summary>
public sealed record DatasetRow(Dataset Dataset, int Examples, int Experiments, DateTimeOffset? LastExperiment);
