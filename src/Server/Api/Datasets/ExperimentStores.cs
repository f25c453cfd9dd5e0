using LangSmith.Server.Ingest;
using LangSmith.Server.Storage;
using LangSmith.Server.Storage.Examples;

namespace LangSmith.Server.Api.Datasets;

/// <summary>Where the parts of an experiment go.</summary>
internal sealed record ExperimentStores(ICatalogue Catalogue, IExampleStore Examples, IRunStore Runs, Ingestion Ingestion, IngestLimits Limits);
