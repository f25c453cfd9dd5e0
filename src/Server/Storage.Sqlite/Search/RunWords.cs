using System.Text;
using LangSmith.Server.Query;

namespace LangSmith.Server.Storage.Sqlite.Search;

/// <summary>The words of a run; those of its inputs and outputs follow.</summary>
internal static class RunWords
{
    public static string OfColumns(string name, string? error, string tags, string metadata) =>
        string.Concat(
            SearchText.Of(name), SearchText.Of(error), SearchText.OfJson(Encoding.UTF8.GetBytes(tags)), SearchText.OfJson(Encoding.UTF8.GetBytes(metadata)));
}
