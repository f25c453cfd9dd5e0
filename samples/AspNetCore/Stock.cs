using LangSmith;

namespace AspNetCore;

/// <summary>What the service does.</summary>
internal static class Stock
{
    [Traceable(RunType = "tool")]
    public static int Count(string article) => article.Length;
}
