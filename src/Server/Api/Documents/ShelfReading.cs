using LangSmith.Server.Api.Http;
using LangSmith.Server.Storage.Documents;

namespace LangSmith.Server.Api.Documents;

/// <summary>Reads what a request names.</summary>
internal static class ShelfReading
{
    /// <summary>Reads a document that must be there.</summary>
    /// <param name="shelf">Where to look.</param>
    /// <param name="what">What the caller knows it as, for the message.</param>
    /// <param name="id">Its id.</param>
    public static async Task<Document> GetAsync(this Shelf shelf, string what, Guid id) =>
        await shelf.FindAsync(id) ?? throw ProblemException.NotFound(what, id);
}
