using LangSmith.Server.Curation.Documents;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Curation.Datasets;

/// <summary>A named set of examples.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Unique in its workspace.</param>
/// <param name="Description">What it is for; null when nobody said.</param>
/// <param name="Type">What its examples hold: <c>kv</c>, <c>llm</c> or <c>chat</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Dataset(Guid Id, string Name, string? Description, string Type, DateTimeOffset CreatedAt)
{
    /// <summary>Reads what a document of <see cref="DocumentKinds.Dataset"/> says.</summary>
    public static Dataset Of(Document document)
    {
        var json = Shelf.Json(document);
        return new Dataset(document.Id, document.Name ?? "", json.Text("description"), json.Text("data_type") ?? "kv", document.CreatedAt);
    }
}
