using LangSmith.Server.Curation.Datasets;
using LangSmith.Server.Storage.Examples;
using LangSmith.Server.Web.Payloads;

namespace LangSmith.Server.Web.Datasets;

/// <summary>A dataset as readers see it who have its link only.</summary>
/// <param name="Token">What the link says.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Total">How many examples it has.</param>
/// <param name="Page">Which page of them, from 0.</param>
/// <param name="Examples">The examples of the page, newest first.</param>
public sealed record SharedDatasetModel(
    string Token, Dataset Dataset, int Total, int Page, IReadOnlyList<(StoredExample Example, PayloadModel? Inputs, PayloadModel? Outputs)> Examples)
{
    public const int PageSize = 20;
}
